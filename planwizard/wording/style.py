"""公用文作成の考え方（文化審議会建議、令和4年1月7日）: ten rules, chosen for few false alarms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from planwizard.wording.hint import Finding, Text, replaced, rule

_KANA = "ぁ-ゖァ-ヺー"
_HAN = "一-鿿々"
_COUNTED = "人|名|件|世帯|円|千円|万円|億円|台|枚|戸|回|社|校|棟|事業所|団体|店舗|項目|手続|種類|施設|点|冊|時間|か所|箇所"


def _source(place: str) -> str:
    return f"公用文作成の考え方（建議）{place}"


@rule(
    "W-01",
    "読点は「、」、句点は「。」",
    source=_source("Ⅰ-5 符号の使い方"),
    example="住民，事業者 → 住民、事業者",
)
def punctuation(text: Text) -> Iterator[Finding]:
    spans = (
        (*found.span(), "、" if found[0] == "，" else "。")
        for found in re.finditer(rf"(?<=[{_KANA}{_HAN}）])(?:，|．)(?![0-9０-９])", text.open)
    )
    yield from replaced(text, spans, "「{now}」は「{fix}」と書きます。")


@rule("W-02", "「か所」「か月」の「か」", source=_source("Ⅰ-4 数字の使い方"), example="3ヶ所 → 3か所")
def counter_ka(text: Text) -> Iterator[Finding]:
    found = re.finditer(r"(?<=[0-9０-９])[ヶケヵカ箇](?=所|月|年|国語|国|村|条)", text.open)
    yield from replaced(
        text, ((*each.span(), "か") for each in found), "算用数字の後の「{now}」は「か」と書きます。"
    )


@rule("W-03", "大きな数は3桁ごとに区切る", source=_source("Ⅰ-4 数字の使い方"), example="84312人 → 84,312人")
def thousands(text: Text) -> Iterator[Finding]:
    pattern = rf"(?<![0-9,.，．第A-Za-z兆億万-])[1-9][0-9]{{3,14}}(?={_COUNTED})"
    spans = ((*found.span(), f"{int(found[0]):,}") for found in re.finditer(pattern, text.open))
    yield from replaced(text, spans, "「{now}」は「{fix}」と区切ると読みやすくなります。")


@rule("W-04", "千・百は数字で書く", source=_source("Ⅰ-4 数字の使い方"), example="4千人 → 4,000人")
def written_thousands(text: Text) -> Iterator[Finding]:
    # 千円 is a unit of its own: 4千円 stays.
    counted = "|".join(unit for unit in _COUNTED.split("|") if not unit.endswith("円"))
    pattern = rf"(?<![0-9,.，．])([1-9])(千|百)(?={counted})"
    spans = (
        (*found.span(), f"{found[1]},000" if found[2] == "千" else f"{found[1]}00")
        for found in re.finditer(pattern, text.open)
    )
    yield from replaced(text, spans, "「{now}」は「{fix}」と書きます。漢字は万、億、兆に使います。")


@rule(
    "W-05",
    "2桁以上の数字は半角にそろえる",
    source=_source("Ⅰ-4 数字の使い方（文書の中で統一）"),
    example="１２０件 → 120件",
)
def wide_digits(text: Text) -> Iterator[Finding]:
    # One wide digit alone is a habit of many offices (1桁は全角); tables and figures of the plan are narrow.
    found = re.finditer(r"(?<![0-9０-９])[０-９]+(?:[，．][０-９]+)*", text.open)
    spans = ((*each.span(), unicodedata.normalize("NFKC", each[0])) for each in found if len(each[0]) > 1)
    yield from replaced(text, spans, "「{now}」は、表や図と同じ半角の「{fix}」にそろえます。")


_LONG_VOWEL = (
    "コンピュータ",
    "サーバ",
    "ユーザ",
    "プリンタ",
    "スキャナ",
    "センサ",
    "フォルダ",
    "ルータ",
    "エレベータ",
)


@rule("W-06", "外来語の長音を省かない", source=_source("Ⅰ-3 外来語の表記"), example="サーバ → サーバー")
def long_vowel(text: Text) -> Iterator[Finding]:
    found = re.finditer(rf"(?:{'|'.join(_LONG_VOWEL)})(?![ァ-ヺー])", text.open)
    spans = ((*each.span(), f"{each[0]}ー") for each in found)
    yield from replaced(text, spans, "「{now}」は長音を付けて「{fix}」と書きます。")


_IN_KANA = (
    (r"(?<=[うくすつぬむるたい])事(?=[がをにはもで、。]|と(?!業))", "こと"),
    (r"(?<=[うくすつぬむるたの])為(?=[にの、。])", "ため"),
    (r"出来(?=る|た(?!て)|ます|ない|れば)(?!る限り)", "でき"),
    (r"(?<=て)下さ(?=い)", "くださ"),
    (r"(?<=て)頂(?=く|き|け|い)", "いただ"),
    (r"(?<=[0-9０-９人件つ])づつ", "ずつ"),
)


@rule(
    "W-07",
    "形式名詞と補助動詞は平仮名で書く",
    source=_source("Ⅰ-1 漢字の使い方"),
    example="利用する事が出来る → 利用することができる",
)
def in_kana(text: Text) -> Iterator[Finding]:
    for pattern, fix in _IN_KANA:
        spans = ((*found.span(), fix) for found in re.finditer(pattern, text.open))
        yield from replaced(text, spans, "ここの「{now}」は「{fix}」と書きます。")


_CONJUNCTIONS = (
    (rf"(?<=[{_HAN}ァ-ヺー）a-zA-Z\ufffc])および(?=[{_HAN}ァ-ヺa-zA-Z\ufffc])", "及び"),
    (rf"(?<=[{_HAN}ァ-ヺー）a-zA-Zるたい\ufffc])または(?=[{_HAN}ァ-ヺa-zA-Z、\ufffc])", "又は"),
    (rf"(?<=[{_HAN}ァ-ヺー）a-zA-Z\ufffc])ならびに(?=[{_HAN}ァ-ヺa-zA-Z、\ufffc])", "並びに"),
    (rf"(?<=[{_HAN}ァ-ヺー）a-zA-Zるたい\ufffc])もしくは(?=[{_HAN}ァ-ヺa-zA-Z、\ufffc])", "若しくは"),
    (r"(?:(?<=[。\n\u3000])|\A)従って(?=、)", "したがって"),
    (r"(?:(?<=[。\n\u3000])|\A)但し(?=、)", "ただし"),
    (r"(?:(?<=[。\n\u3000])|\A)又(?=、)", "また"),
)


@rule(
    "W-08",
    "接続詞の漢字と仮名",
    source=_source("Ⅰ-1 漢字の使い方（及び・並びに・又は・若しくは は漢字）"),
    example="住民および事業者 → 住民及び事業者",
)
def conjunctions(text: Text) -> Iterator[Finding]:
    for pattern, fix in _CONJUNCTIONS:
        spans = ((*found.span(), fix) for found in re.finditer(pattern, text.open))
        yield from replaced(text, spans, "接続詞の「{now}」は、公用文では「{fix}」と書きます。")


@rule(
    "W-09",
    "「である」と「です・ます」を混ぜない",
    source=_source("Ⅲ-1 文体の選択"),
    example="推進します。…必要である。 → どちらかに",
)
def mixed_endings(text: Text) -> Iterator[Finding]:
    polite = [found.span(1) for found in _POLITE.finditer(text.open)]
    plain = [found.span(1) for found in _PLAIN.finditer(text.open)]
    if polite and plain:
        fewer, rest = (plain, "です・ます") if len(plain) <= len(polite) else (polite, "である")
        for span in fewer:
            yield Finding(*span, f"この欄のほかの文は「{rest}」で終わっています。どちらかにそろえます。")


_POLITE = re.compile(r"(です|ます|ました|ません|ましょう|でしょう)。")
_PLAIN = re.compile(
    r"((?<=で)ある|(?:し|な|れ|け|行)て(?:い(?:る|く|た))|(?<![ま])する|(?<=[^まで])した|となる|となった|図る|進める|行う|努める|目指す|できる|必要がある)。"
)
# 建議Ⅲ-3ア: 「適当な長さは一概に決められないが、50～60字ほどになってきたら読みにくくなっていないか意識するとよい」。
# It sets no limit. Ours leaves room for a list with its conclusion; what 60 would say is counted in tests/wording/test_demo.py.
AWARE = 60
LONGEST = 80


@rule(
    "W-10",
    f"一文が{LONGEST}字を超える",
    source=_source("Ⅲ-3 文の書き方（一文を短くする）"),
    example=f"建議は、50～{AWARE}字ほどから読みにくくないかを意識するよう求めています。長い文は、言いたいことごとに二つに分けます。",
)
def long_sentence(text: Text) -> Iterator[Finding]:
    for found in re.finditer(r"[^。\n\t]+。?", text.open):
        length = found.end() - found.start()
        if length > LONGEST and found[0].endswith("。"):
            words = (
                f"一文が{length}字あります。二つに分けるか、並べる所を箇条書きにすると読みやすくなります。"
            )
            yield Finding(*found.span(), words)
