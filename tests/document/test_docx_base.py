from __future__ import annotations

import io

import docx as python_docx
import pytest

from planwizard.document.docx import archive, base, labels


def test_the_committed_base_is_what_the_script_builds() -> None:
    assert archive.unpack(archive.BASE.read_bytes()) == archive.unpack(base.build())


def test_styles_bear_the_names_word_knows() -> None:
    names = {style.name for style in python_docx.Document(io.BytesIO(base.build())).styles}
    assert {
        "Normal",
        "Body Text",
        "Heading 1",
        "Heading 5",
        "Caption",
        "Title",
        "toc 1",
        "計画表本文",
    } <= names


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_a_label_is_read_back(level: int) -> None:
    for count in (1, 9, 10, 46):
        assert labels.count_of(level, labels.label(level, count)) == count


@pytest.mark.parametrize(
    ("level", "text"),
    [
        (1, "第1章"),
        (1, "第一章"),
        (2, "1"),
        (2, "０"),
        (3, "（1）"),
        (3, "(一)"),
        (4, "アイ"),
        (4, "あ"),
        (5, "ア"),
        (1, ""),
    ],
)
def test_a_label_word_cannot_count_is_known(level: int, text: str) -> None:
    assert labels.count_of(level, text) is None


def test_the_caption_of_a_table_stands_off_the_text_above() -> None:
    caption = python_docx.Document(io.BytesIO(base.build())).styles["Caption"]
    assert caption.paragraph_format.space_before.pt == 6
