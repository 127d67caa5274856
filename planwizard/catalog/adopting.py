"""What a plan keeps of a national measure at the moment of adoption: the catalogue may change, this does not."""

from __future__ import annotations

from planwizard.blueprint.content import AdoptionContent
from planwizard.catalog.measures import NationalMeasure


def adoption_of(measure: NationalMeasure) -> AdoptionContent:
    """The entry as it stands now, with its marks. Fetch with ``select_related("edition")``."""
    return AdoptionContent(
        edition_code=measure.edition.code,
        code=measure.code,
        title=measure.full_title,
        title_kind=measure.title_kind,
        status=measure.status,
        wording=wording_of(measure),
        ministry=measure.ministry_words,
        source=measure.source_edition,
    )


def wording_of(measure: NationalMeasure) -> str:
    """Plain text, one ``label：text`` a line, empty facts left out. The same entry gives the same text."""
    facts = (
        ("題", measure.display_title),
        ("原典の施策番号", measure.measure_no),
        ("所管", measure.ministry_words),
        ("関係する条", measure.act_article_words),
        ("要約", measure.summary_words),
        ("国の指標", measure.typical_kpi),
        ("指標の例（国の指標ではありません）", measure.suggested_kpi),
        ("状態", measure.status_words),
        ("出典", measure.source_words),
    )
    return "\n".join(f"{label}：{text}" for label, text in facts if text)
