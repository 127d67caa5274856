"""Confirming, answering, declining, withdrawing, and what becomes of it when a plan is edited or copied."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planwizard.accounts.models import Membership, Role
from planwizard.catalog import offers
from planwizard.compliance import confirming, copying
from planwizard.compliance.confirming import NotConfirmed
from planwizard.compliance.judge import judge
from planwizard.compliance.models import Confirmation, OwnItem
from planwizard.plans import structure, versions
from planwizard.plans.models import Part, PlanVersion, Stage
from planwizard.rules import State, rule_of
from planwizard.web.errors import Refused
from tests.factories import NOW, fill, make_department, make_measure, make_user, member_for, part_of

ON = date(2026, 11, 23)
LATER = NOW + timedelta(minutes=3)


def result(version, item_id="PU-01"):
    return judge(version, on=ON).of(item_id)


def holds(version, item_id="PU-01"):
    return [asked.holds for asked in result(version, item_id).asked]


def test_a_confirmation_keeps_the_sentence_who_and_when(version, member, confirm):
    said = confirm(comment="防災課と確かめた。")
    assert (said.quote, said.part_key, said.path) == ("防災の情報を公開する。", "ch2", "ch2_text")
    assert (said.confirmed_by, said.at, said.comment) == (member.user, NOW, "防災課と確かめた。")
    assert holds(version) == [True]


def test_the_same_confirmation_again_changes_nothing(confirm):
    first = confirm()
    colleague = member_for(make_user(Role.SECRETARIAT))
    assert confirm(by=colleague, at=LATER) == first
    assert [(row.pk, row.at) for row in Confirmation.objects.all()] == [(first.pk, NOW)]


def test_another_sentence_replaces_the_one_that_the_page_showed(version, confirm):
    first = confirm()
    second = confirm(quote="職員の転記をなくす。", expected=first.pk)
    assert list(Confirmation.objects.of(version).standing()) == [second]
    assert Confirmation.objects.get(pk=first.pk).withdrawn_at == NOW


def test_who_did_not_see_the_first_confirmation_is_told_of_it(member, confirm):
    first = confirm()
    with pytest.raises(NotConfirmed, match=member.user.name):
        confirm(quote="職員の転記をなくす。")
    assert list(Confirmation.objects.standing()) == [first]


def test_editing_the_sentence_lapses_it_and_editing_others_does_not(version, member, confirm):
    confirm()
    fill(version, "ch2", {"ch2_text": "前に足す。\n\n防災の情報を公開する。"}, by=member)
    assert holds(version) == [True]
    fill(version, "ch2", {"ch2_text": "防災の情報を公表する。"}, by=member)
    assert holds(version) == [False]
    assert any("前に選んだ文が変わりました" in each.reason for each in result(version).findings)
    fill(version, "ch2", {"ch2_text": "防災の情報を公開する。"}, by=member)
    assert holds(version) == [True]


def test_a_sentence_in_a_deleted_measure_lapses_until_it_is_taken_back(version, member, confirm):
    measure = make_measure(version, goal_statement="一度で終える。")
    fill(version, "ch2", {"expected_effects.effect_one_stop.measure_refs": [measure.key]}, by=member)
    confirm(item_id="EX-04", part=measure, path="goal_statement", quote="一度で終える。")
    assert holds(version, "EX-04") == [True]
    structure.delete(measure, by=member, at=NOW)
    assert holds(version, "EX-04") == [False]
    structure.take_back(part_of(version, measure.key), by=member, at=NOW)
    assert holds(version, "EX-04") == [True]


@pytest.mark.parametrize(
    "changes",
    [
        {"quote": "ない文。"},
        {"quote": "公開する。"},
        {"path": "purpose_gov_data"},
        {"item_id": "XX-01"},
        {"item_id": "ME-03"},
        {"role": "residents"},
        {"item_id": "OP-03"},
    ],
    ids=["no such sentence", "part of a sentence", "another field", "no item", "asks nothing", "no role", "another chapter"],
)  # fmt: skip
def test_what_does_not_fit_is_refused_and_nothing_is_kept(confirm, changes):
    with pytest.raises(NotConfirmed):
        confirm(**changes)
    assert not Confirmation.objects.exists()


def test_a_deleted_part_confirms_nothing(version, member, confirm):
    chapter = structure.add_free_chapter(version, "防災", by=member)
    OwnItem.objects.create(
        municipality=member.municipality, number=1, title="防災", made_by=member.user, made_at=NOW
    )
    fill(version, chapter.key, {"free_text": "避難を助ける。"}, by=member)
    structure.delete(part_of(version, chapter.key), by=member, at=NOW)
    with pytest.raises(NotConfirmed, match="削除"):
        confirm(item_id="T-01", part=chapter, path="free_text", quote="避難を助ける。")


def test_an_item_of_the_town_is_confirmed_in_any_chapter(version, member, confirm):
    OwnItem.objects.create(
        municipality=member.municipality, number=1, title="防災を扱うこと", made_by=member.user, made_at=NOW
    )
    assert result(version, "T-01").state is State.NEEDS_REVIEW
    confirm(item_id="T-01")
    assert result(version, "T-01").state is State.PASS


def test_a_frozen_version_takes_no_confirmation(version, confirm):
    said = confirm()
    versions.freeze(version)
    with pytest.raises(structure.Frozen):
        confirm(item_id="PU-03")
    with pytest.raises(structure.Frozen):
        confirming.withdraw(said, by=member_for(said.confirmed_by), at=NOW)


def test_a_drafter_confirms_in_the_own_part_only(version, confirm):
    department = make_department()
    drafter = member_for(make_user(Role.DRAFTER, departments=(department,)))
    with pytest.raises(Refused):
        confirm(by=drafter)
    Part.objects.of(version).filter(key="ch2").update(department=department)
    assert confirm(by=drafter, part=part_of(version, "ch2")).confirmed_by == drafter.user


def test_a_right_that_was_withdrawn_meanwhile_confirms_nothing(member, confirm):
    Membership.objects.all().delete()
    with pytest.raises(Refused):
        confirm(by=member)


def test_withdrawing_twice_is_withdrawing_once(version, member, confirm):
    said = confirm()
    confirming.withdraw(said, by=member, at=NOW)
    confirming.withdraw(said, by=member, at=LATER)
    said.refresh_from_db()
    assert (said.withdrawn_at, said.withdrawn_by) == (NOW, member.user)
    assert result(version).state is State.NEEDS_REVIEW
    assert confirm(at=LATER).pk != said.pk


def test_a_copied_version_keeps_what_was_confirmed(version, member, confirm):
    confirm(comment="確かめた。")
    copy = copying.copy_version(version, label="第2版", stage="draft", by=member, at=LATER)
    kept = Confirmation.objects.of(copy).get()
    assert (kept.confirmed_by, kept.at, kept.comment) == (member.user, NOW, "確かめた。")
    assert holds(copy) == [True]


def test_both_ways_of_copying_on_the_screens_keep_what_was_confirmed(version, client, confirm):
    confirm()
    client.post("/plans/new/copy/", {"version": version.pk})
    client.post(f"/plans/{version.pk}/copy/", {"label": "第2版", "stage": "draft"})
    assert PlanVersion.objects.count() == 3
    assert Confirmation.objects.count() == 3


# Warnings and optional items


def answer(version, member, **changes):
    said = {"item_id": "PU-01", "role": "backing", "comment": "次の年度に調べる。", "by": member, "at": NOW}
    return confirming.answer(version, **said | changes)


def test_a_warning_is_answered_with_a_reason_until_it_is_gone(version, member, confirm):
    confirm()
    assert result(version).state is State.NEEDS_REVIEW
    answer(version, member)
    assert result(version).state is State.PASS


@pytest.mark.parametrize("changes", [{"comment": "　"}, {"role": "late"}, {"role": ""}, {"item_id": "XX-01"}])
def test_no_answer_without_a_reason_or_a_warning(version, member, changes):
    with pytest.raises(NotConfirmed):
        answer(version, member, **changes)


def test_only_the_secretariat_answers_warnings(version):
    drafter = member_for(make_user(Role.DRAFTER, departments=(make_department(),)))
    with pytest.raises(Refused):
        answer(version, drafter)


def test_an_optional_item_is_declined_with_a_reason_and_a_required_one_is_not(version, member):
    fill(version, "ch2", {"purpose_private_data": "人流を使う。"}, by=member)
    confirming.decline(version, item_id="PU-02", comment="協定ができてから扱う。", by=member, at=NOW)
    assert result(version, "PU-02").state is State.NOT_APPLICABLE
    with pytest.raises(NotConfirmed):
        confirming.decline(version, item_id="PU-01", comment="扱わない。", by=member, at=NOW)


# Judging


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.AMENDMENT])
@pytest.mark.parametrize("measures", [1, 12])
def test_judging_takes_four_queries_for_any_size_and_stage(
    version, confirm, django_assert_num_queries, measures, stage
):
    confirm()
    for _ in range(measures):
        make_measure(version)
    version.stage = stage
    version.save(update_fields=["stage"])
    offers.forget()
    with django_assert_num_queries(4):
        judge(version, on=ON)


def test_a_rule_that_raises_is_logged_with_its_id(version, monkeypatch, caplog):
    broken = replace(rule_of("PU-01"), check=_broken)
    monkeypatch.setattr("planwizard.compliance.judge.RULES", (broken, rule_of("ME-03")))
    with caplog.at_level("ERROR", "planwizard.compliance"):
        found = judge(version, on=ON)
    assert [result.error is None for result in found.results] == [False, True]
    assert any("PU-01" in record.message and record.exc_info for record in caplog.records)


def _broken(*args):
    raise ZeroDivisionError
