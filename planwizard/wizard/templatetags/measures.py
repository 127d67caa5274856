"""The rows of the list of measures: drawn in Python, for a plan may have two hundred of them."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from planwizard.wizard.markup import NOTHING, fill, join
from planwizard.wizard.remaining import FILLED

register = template.Library()

_ANY = "-measure-"  # stands for the key of a measure, so that its address is looked up once for all of them
_ROW = (
    '\n<tr id="measure_{}"><td class="pw-number">{}</td> <th scope="row"><a href="{}">{}</a></th> <td>{}</td> '
    '<td class="pw-table__number">{}</td> <td><span class="pw-chip" data-state="{}">{}</span>{}</td> {}</tr>{}'
)
_NOTE = fill('<br><span class="pw-note">{}</span>', FILLED)
_ACTS = '<td><a href="{}#measure_{}">{}<span class="pw-hidden">（{}）</span></a></td>'


@register.simple_tag(takes_context=True)
def measure_rows(context: dict[str, Any], rows: list[Any]) -> SafeString:
    """Rows of one area; below the one called ``open``, for who may arrange, what can be done with it."""
    address = reverse("wizard:measure", args=[context["version"].pk, _ANY])
    return join(_row(context, row, address.replace(_ANY, row.key)) for row in rows)


def _row(context: dict[str, Any], row: Any, address: str) -> SafeString:
    state = context["states"][row.key]
    is_open = context["may_arrange"] and row.key == context["open"]
    return fill(
        _ROW,
        *(row.key, row.measure_no, address, row.title or "（施策名は未入力）"),
        *(row.department__name or "（未定）", row.kpi_count, state, state.label),
        _NOTE if row.key in context["filled"] else NOTHING,
        _link_to_acts(row, is_open=is_open) if context["may_arrange"] else NOTHING,
        _acts(context, row) if is_open else NOTHING,
    )


def _link_to_acts(row: Any, *, is_open: bool) -> SafeString:
    where, words = ("?", "閉じる") if is_open else (f"?open={row.key}", "操作")
    return fill(_ACTS, where, row.key, words, row.measure_no)


def _acts(context: dict[str, Any], row: Any) -> SafeString:
    facts = {"version": context["version"], "measure": row, "areas": context["areas"]}
    return render_to_string("wizard/measure-acts.html", facts, context["request"])
