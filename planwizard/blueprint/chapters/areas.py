"""6章 区分の前書き: one short sheet before the measures of each of the five areas."""

from planwizard.blueprint.kinds import FieldSet, Prose, Sheet

_LEAD = FieldSet(
    "区分の前書き",
    (
        Prose(
            "area_lead",
            "区分の前書き",
            max_chars=800,
            help="施策シートの前に置く2〜3文です。",
            example="残る38手続のうち22手続を、件数の多い順に進める。",
            source="手引 Ⅱ 6章",
        ),
    ),
)


def area_sheet(part_key: str, title: str) -> Sheet:
    """The sheet of one area: its lead. The measures themselves are parts of their own."""
    return Sheet(
        part_key,
        title,
        "area",
        (_LEAD,),
        guide="この区分で何をどの順に進めるかを、施策の前に短く書きます。施策は1件ずつシートに書きます。",
        pitfall="施策の全部を入れる必要はありません。できるところから小さく始めて構いません。",
    )
