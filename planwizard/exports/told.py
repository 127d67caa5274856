"""What was chosen for a file, in the words of the export screen."""

from __future__ import annotations

from planwizard.manuscript.options import Options, Variant

VARIANTS = {
    Variant.FULL: "計画全体",
    Variant.PARTS: "選んだところだけ",
    Variant.SUMMARY: "概要版（A4）",
    Variant.POSTER: "概要版（A3、1枚）",
    Variant.EVIDENCE: "証拠の一覧",
}
BUDGETS, WITH_DATA, EMPTY_ITEMS = "予算あり", "データ添付", "未記入の項目あり"
ERAS = {"wareki": "和暦", "seireki": "西暦", "both": "和暦西暦併記"}


def told(options: Options) -> list[str]:
    """What differs from the whole plan as the plan itself says: for lists and for the file's name."""
    variant = [] if options.variant is Variant.FULL else [VARIANTS[options.variant]]
    marks = (
        (options.budgets, BUDGETS),
        (options.empty_items, EMPTY_ITEMS),
        (options.with_data, WITH_DATA),
    )
    era = [ERAS[options.era]] if options.era in ERAS else []
    return [*variant, *(words for is_chosen, words in marks if is_chosen), *era]
