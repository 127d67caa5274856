"""How a field becomes a control: what is offered, what is folded away."""

from uuid import uuid4

import pytest

from planwizard.accounts.tenancy import acting_for
from planwizard.blueprint import CURRENT, edition
from planwizard.blueprint.content import Answers
from planwizard.blueprint.kinds import Reference, Rows
from planwizard.catalog.models import NationalDocument
from planwizard.wizard import controls, surroundings
from planwizard.wizard.controls import Paper
from planwizard.wizard.surroundings import Surroundings
from tests.factories import make_measure, make_version, part_of

LAWS = Reference("laws", "法令", to="law", many=True)


def paper(chosen, count, **opened):
    choices = {"law": [(f"law-{n}", f"法令{n}") for n in range(count)]}
    around = Surroundings("磯波町", "wareki", Answers({}), choices)
    return controls.Paper({"laws": chosen}, {}, around, (), {}, **opened)


def test_a_short_list_of_boxes_is_shown_whole():
    assert "<details" not in controls.box(LAWS, "laws", paper(["law-3"], 12)).control


def test_a_long_list_shows_what_is_ticked_and_folds_the_rest():
    before, _, folded = controls.box(LAWS, "laws", paper(["law-3"], 13)).control.partition("<details")
    assert 'value="law-3" checked' in before
    assert before.count("<input") == 1
    assert folded.count("<input") == 12
    assert "ほかから選ぶ（12件）" in folded


def test_a_very_long_list_comes_when_it_is_asked_for():
    at_first = controls.box(LAWS, "laws", paper(["law-3"], 42)).control
    assert at_first.count("<input") == 1
    assert 'value="choose:laws">ほかから選ぶ（41件）</button>' in at_first
    asked = controls.box(LAWS, "laws", paper(["law-3"], 42, asked_for="laws")).control
    assert asked.count("<input") == 42
    assert '<details class="pw-details" open>' in asked


@pytest.mark.django_db
def test_the_plan_followed_is_chosen_among_basic_plans_with_their_states():
    facts = {"verified": True, "is_on": True, "source": "出典"}
    basic = NationalDocument.Kind.BASIC_PLAN
    NationalDocument.objects.create(code="a", title="今の重点計画", kind=basic, status="unknown", **facts)
    NationalDocument.objects.create(code="b", title="ほかの方針", **facts)
    version = make_version()
    with acting_for(version.municipality_id):
        offered = surroundings.around(part_of(version, "ch3")).choices["national_document:basic_plan"]
    assert offered == [("a", "今の重点計画［今の扱いは未確認］")]


def lists_of_rows(fields):
    for item in fields:
        if isinstance(item, Rows):
            yield item
        yield from lists_of_rows(getattr(item, "fields", getattr(item, "columns", ())))


def test_what_does_not_fit_a_line_is_asked_in_cards():
    found = [rows for sheet in edition(CURRENT).all_sheets() for rows in lists_of_rows(sheet.fields)]
    nothing = Paper({}, {}, Surroundings("磯波町", "wareki", Answers({})), (), {})
    tables = [rows for rows in found if controls.box(rows, rows.key, nothing).layout == "table"]
    assert tables
    for rows in tables:
        kinds = [type(column).__name__ for column in rows.columns]
        assert len(kinds) <= 4, rows.key
        assert "Choices" not in kinds, rows.key
        assert not [column for column in rows.columns if getattr(column, "many", False)], rows.key


def test_a_row_name_has_no_space_in_it():
    """static/js/rows.mjs finds the number behind it."""
    names = {rows.row_name for sheet in edition(CURRENT).all_sheets() for rows in lists_of_rows(sheet.fields)}
    assert [name for name in names if " " in name] == []


def references(fields):
    for item in fields:
        if isinstance(item, Reference) and not item.is_fixed:
            yield item
        yield from references(getattr(item, "fields", getattr(item, "columns", ())))


def test_an_empty_list_says_what_is_to_be_done_first():
    """For every kind of thing that a field of the template lets choose several of."""
    nothing = Paper({}, {}, Surroundings("磯波町", "wareki", Answers({})), (), {}, uuid4())
    found = [item for sheet in edition(CURRENT).all_sheets() for item in references(sheet.fields)]
    said = {item.to: str(controls.box(item, item.key, nothing).control) for item in found if item.many}
    assert {"measure", "issue", "evidence", "department", "law"} <= set(said)
    assert "6章で施策を作ってから選びます。" in said["measure"]
    assert '/measures/">施策の一覧へ</a>' in said["measure"]
    assert '/write/ch1/#id_issues">1章の課題へ</a>' in said["issue"]
    one = Reference("own_pillar", "自市の柱", to="own_pillar")
    assert "基本情報で柱を書いてから選びます。" in controls.box(one, "own_pillar", nothing).control
    assert not [to for to, words in said.items() if "選べるものがまだありません" in words]


@pytest.mark.django_db
def test_no_measure_is_offered_as_what_must_come_before_itself():
    version = make_version()
    own, other = make_measure(version), make_measure(version)
    with acting_for(version.municipality_id):
        offered = surroundings.around(part_of(version, own.key)).choices["measure"]
    assert [key for key, _ in offered] == [other.key]
