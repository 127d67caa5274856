"""One conditional UPDATE, one Edit, or a conflict; nothing that was typed is ever lost."""

from uuid import uuid4

import pytest

from planwizard.accounts.models import Membership, Role
from planwizard.accounts.tenancy import acting_for
from planwizard.plans import conflict, saving, structure, versions
from planwizard.plans.models import Edit, EditKind, State
from tests.factories import (
    NOW,
    make_department,
    make_measure,
    make_user,
    make_version,
    member_for,
    part_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def officer():
    return make_user(Role.SECRETARIAT)


@pytest.fixture
def version(officer):
    found = make_version(by=officer)
    with acting_for(found.municipality_id):
        yield found


def send(part, values, *, by, expected=None, save_id=None, as_typed=None, **facts):
    return saving.save(
        part,
        saving.Record(values, as_typed or {}),
        expected=part.edit_no if expected is None else expected,
        save_id=save_id or uuid4(),
        by=member_for(by),
        at=NOW,
        **facts,
    )


def saved_edits(part):
    """All but what the part began with."""
    return Edit.objects.filter(part=part).exclude(kind=EditKind.BEGUN)


def test_what_the_template_begins_a_part_with_is_its_edit_0(version):
    begun = Edit.objects.get(part__key="ch2", edit_no=0)
    assert (begun.kind, begun.values) == (EditKind.BEGUN, part_of(version, "ch2").values)


def test_a_save_writes_the_part_and_one_edit(version, officer):
    part = part_of(version, "ch2")
    outcome = send(part, {"vision": "待たせない町"}, by=officer)
    assert (outcome.answer, outcome.edit_no) == ("saved", 1)
    after = part_of(version, "ch2")
    assert (after.values, after.edit_no, after.state) == ({"vision": "待たせない町"}, 1, State.STARTED)
    assert saved_edits(part).get().values == {"vision": "待たせない町"}


def test_the_same_save_sent_again_is_one_edit_and_one_answer(version, officer):
    part, save_id = part_of(version, "ch2"), uuid4()
    answers = [send(part, {"vision": "町"}, by=officer, save_id=save_id) for _ in range(5)]
    assert [answer.answer for answer in answers] == ["saved", *["repeated"] * 4]
    assert {answer.edit_no for answer in answers} == {1}
    assert saved_edits(part).count() == 1


def test_a_known_save_id_with_another_text_is_refused(version, officer):
    part, save_id = part_of(version, "ch2"), uuid4()
    send(part, {"vision": "町"}, by=officer, save_id=save_id)
    assert send(part, {"vision": "別の町"}, by=officer, save_id=save_id).answer == "reused"
    assert part_of(version, "ch2").values == {"vision": "町"}


def test_a_stale_number_conflicts_and_keeps_the_text_aside(version, officer):
    part, colleague = part_of(version, "ch2"), make_user(Role.SECRETARIAT)
    send(part, {"vision": "同僚の文"}, by=colleague)
    outcome = send(part, {"vision": "私の文"}, by=officer)
    assert (outcome.answer, outcome.edit_no) == ("conflict", 1)
    assert outcome.standing.values == {"vision": "同僚の文"}
    aside = Edit.objects.get(part=part, kind=EditKind.SET_ASIDE)
    assert (aside.values, aside.author) == ({"vision": "私の文"}, officer)


def test_pressing_save_again_in_a_conflict_conflicts_again(version, officer):
    part, save_id = part_of(version, "ch2"), uuid4()
    send(part, {"vision": "同僚の文"}, by=make_user(Role.SECRETARIAT))
    answers = {send(part, {"vision": "私の文"}, by=officer, save_id=save_id).answer for _ in range(3)}
    assert answers == {"conflict"}
    assert part_of(version, "ch2").values == {"vision": "同僚の文"}


def test_saving_what_stands_already_makes_no_edit(version, officer):
    send(part_of(version, "ch2"), {"vision": "町"}, by=officer)
    outcome = send(part_of(version, "ch2"), {"vision": "町"}, by=officer)
    assert (outcome.answer, outcome.edit_no) == ("saved", 1)
    assert saved_edits(part_of(version, "ch2")).count() == 1


def test_what_could_not_be_read_is_kept_as_typed(version, officer):
    send(part_of(version, "ch1"), {}, as_typed={"population": "約7万人"}, by=officer)
    part = part_of(version, "ch1")
    assert (part.values, part.as_typed) == ({}, {"population": "約7万人"})


def test_a_frozen_part_refuses_and_keeps_the_text_aside(version, officer):
    part = part_of(version, "ch2")
    versions.freeze(version)
    assert send(part, {"vision": "遅れた文"}, by=officer).answer == "frozen"
    assert "vision" not in part_of(version, "ch2").values
    assert saved_edits(part).get().kind == EditKind.SET_ASIDE


def test_a_deleted_measure_refuses(version, officer):
    part = make_measure(version, by=officer)
    structure.delete(part, by=member_for(officer), at=NOW)
    assert send(part, {"title": "遅れた題"}, by=officer).answer == "gone"


def test_a_drafter_saves_the_own_departments_measure_only(version):
    own, other = make_department("子育て支援課"), make_department("税務課")
    drafter = make_user(Role.DRAFTER, departments=(own,))
    mine, theirs = make_measure(version, department=own), make_measure(version, department=other)
    assert send(mine, {"title": "私の施策"}, by=drafter).answer == "saved"
    assert send(theirs, {"title": "よその施策"}, by=drafter).refused


def test_a_drafter_cannot_give_a_measure_to_another_department(version):
    own, other = make_department("子育て支援課"), make_department("税務課")
    drafter = make_user(Role.DRAFTER, departments=(own,))
    part = make_measure(version, department=own)
    send(part, {"title": "題", "department": other.key, "pillar": "standard", "measure_no": "9"}, by=drafter)
    after = part_of(version, part.key)
    assert (after.department, after.pillar, after.measure_no) == (own, "online", part.measure_no)


def test_a_handed_in_part_refuses_its_drafter_and_not_the_secretariat(version, officer):
    own = make_department("子育て支援課")
    drafter = make_user(Role.DRAFTER, departments=(own,))
    part = make_measure(version, department=own)
    structure.hand_in(part, by=member_for(drafter), at=NOW)
    part = part_of(version, part.key)
    assert send(part, {"title": "直し"}, by=drafter).answer == "handed_in"
    assert send(part, {"title": "事務局の直し"}, by=officer).answer == "saved"
    assert part_of(version, part.key).state == State.TO_FIX


def test_a_right_withdrawn_meanwhile_refuses(version, officer):
    part, member = part_of(version, "ch2"), member_for(officer)
    Membership.objects.all().delete()
    record = saving.Record({"vision": "町"}, {})
    assert saving.save(part, record, expected=0, save_id=uuid4(), by=member, at=NOW).answer == "gone"


def test_the_edits_of_a_part_are_chained(version, officer):
    for text in ("一", "二", "三"):
        send(part_of(version, "ch2"), {"vision": text}, by=officer)
    edits = list(Edit.objects.filter(part__key="ch2").order_by("edit_no"))
    assert [edit.previous_sha256 for edit in edits] == ["", *(edit.sha256 for edit in edits[:3])]
    record = saving.Record(edits[2].values, edits[2].as_typed)
    assert edits[2].sha256 == saving.content_hash(record, 2, edits[1].sha256)


def test_restoring_an_edit_is_an_edit_of_its_own(version, officer):
    for text in ("一", "二"):
        send(part_of(version, "ch2"), {"vision": text}, by=officer)
    part = part_of(version, "ch2")
    first = Edit.objects.get(part=part, edit_no=1)
    saving.restore(part, first, expected=2, save_id=uuid4(), by=member_for(officer), at=NOW)
    assert part_of(version, "ch2").values == {"vision": "一"}
    assert Edit.objects.get(part=part, edit_no=3).kind == EditKind.RESTORED


def test_the_versions_title_and_period_follow_its_basics(version, officer):
    part = part_of(version, "basics")
    values = part.answers | {"plan_title": "新しい名", "period_end_fy": 2029}
    send(part, values, by=officer)
    version.refresh_from_db()
    assert (version.title, version.years) == ("新しい名", (2026, 2027, 2028, 2029))


def test_derived_columns_are_those_derived_anew(version, officer):
    part = make_measure(version)
    values = part.answers | {"kpis": ["kaaaaaaaaa", "kbbbbbbbbb"], "kpis.kaaaaaaaaa.name": "ｵﾝﾗｲﾝ申請"}
    send(part, values, by=officer)
    after = part_of(version, part.key)
    assert saving.derive(after.kind, after.title, after.values, after.as_typed) == {
        "kpi_count": after.kpi_count,
        "search_text": after.search_text,
    }
    assert after.kpi_count == 1


def test_a_conflict_preselects_the_side_that_alone_changed():
    base = saving.Record({"vision": "町", "scope": "全庁"}, {})
    mine = saving.Record({"vision": "私の町", "scope": "全庁"}, {"population": "約7万"})
    theirs = saving.Record({"vision": "町", "scope": "市長部局"}, {})
    found = {item.path: item.preselected for item in conflict.differences(base, mine, theirs)}
    assert found == {"vision": "mine", "scope": "theirs", "population": "mine"}


def test_merging_takes_the_chosen_side_field_by_field():
    mine = saving.Record({"vision": "私の町"}, {"population": "約7万"})
    theirs = saving.Record({"vision": "町", "population": "70000", "scope": "市長部局"}, {})
    merged = conflict.merged(mine, theirs, {"vision": "mine", "population": "mine", "scope": "theirs"})
    assert merged == saving.Record({"vision": "私の町", "scope": "市長部局"}, {"population": "約7万"})
