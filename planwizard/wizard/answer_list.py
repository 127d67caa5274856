"""The answers of a part as HTML. Drawn in Python as forms are: a sheet has some two hundred of them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString

from planwizard.wizard.answers import Answer, Block
from planwizard.wizard.markup import NOTHING, fill, join
from planwizard.wizard.said import BLANK

_MARKS = {
    "": NOTHING,
    "required": SafeString(' <span class="pw-chip" data-state="error">必須（公表まで）</span>'),
    "recommended": SafeString(' <span class="pw-chip">推奨</span>'),
    "unread": SafeString(
        ' <span class="pw-chip" data-state="error">読み取れません。直すまで文書に出ません</span>'
    ),
}
_SET = '<h2 class="pw-answers__set">{}</h2>'
_ROW = '<h3 class="pw-answers__row">{}</h3>'
_PAIR = '<div class="pw-answers__pair"{}><dt>{}</dt><dd class="pw-answers__words">{}{}</dd>{}</div>\n'
_ACT = '<dd class="pw-answers__act"><a href="{}#id_{}">{}<span class="pw-hidden">：{}　{}</span></a></dd>'


def answer_list(blocks: Iterable[Block], version_id: UUID, write_url: str = "") -> SafeString:
    """``write_url``: where the answers are changed, "" for nowhere."""
    return join((_block(block, version_id, write_url) for block in blocks), "\n")


def _block(block: Block, version_id: UUID, write_url: str) -> SafeString:
    pairs = join(_pair(answer, block.title, version_id, write_url) for answer in block.answers)
    return join(
        (
            fill(_SET if block.level == 2 else _ROW, block.title),
            fill('<dl class="pw-answers">{}</dl>', pairs) if pairs else NOTHING,
            _blanks(block, write_url) if write_url and block.blanks else NOTHING,
        )
    )


def _pair(answer: Answer, title: str, version_id: UUID, write_url: str) -> SafeString:
    words = _picture(answer, version_id) if answer.picture else answer.words
    state = fill(' data-state="{}"', answer.state) if answer.state else NOTHING
    act = NOTHING
    if write_url and answer.path:
        verb = "入力" if answer.words == BLANK else "変更"
        act = fill(_ACT, write_url, answer.path, verb, title, answer.label)
    return fill(_PAIR, state, answer.label, words, _MARKS[answer.state], act)


def _picture(answer: Answer, version_id: UUID) -> SafeString:
    address = reverse("wizard:asset", args=[version_id, answer.picture])
    return fill('<img class="pw-picture" src="{}" alt="{}">', address, answer.label)


def _blanks(block: Block, write_url: str) -> SafeString:
    links = (fill('<a href="{}#id_{}">{}</a>', write_url, path, label) for label, path in block.blanks)
    return fill('<p class="pw-note">空欄（任意）：{}</p>', join(links, "、"))
