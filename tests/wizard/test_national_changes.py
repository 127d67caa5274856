"""What changed at the State reaches the plan's secretariat: both wordings, the town's own, and a decision on record."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from planwizard.accounts.models import Role
from planwizard.accounts.tenancy import acting_for
from planwizard.catalog import imports
from planwizard.catalog.loading import load_text
from planwizard.catalog.measures import NationalMeasure
from planwizard.catalog.models import Edition, FundingSource, Law
from planwizard.plans import adoption, versions
from planwizard.plans.models import Adoption, Edit, NationalDecision, Plan
from planwizard.plans.national_changes import open_in
from planwizard.wizard import national_news
from tests.catalog.tables import DOCUMENT, edition_file, saved, workbook_of
from tests.catalog.test_admin import act, page_of
from tests.catalog.test_admin import save as by_hand
from tests.factories import NOW, client_of, fill, make_user, make_version, member_for, part_of
from tests.inspector import parse

pytestmark = pytest.mark.django_db

OLD, NEW = "TEST-1/TEST-001", "TEST-2/TEST-001"
TRUST = {"source": "試験の出典", "verified": "はい", "is_on": "はい"}
LAW = {"code": "TEST-L1", "title": "試験法", "use": "その他", "in_force": "はい"} | TRUST
SECOND = {"code": "TEST-2", "name": "試験の第2版", "is_active": "はい"}
GONE = {"status": "後の版に置き換わった、または終わった"}


@pytest.fixture
def bring(db):
    """Bring an edition and apply what is chosen beforehand, or ``decisions`` {reference: decision} besides."""
    member = member_for(make_user(Role.OPERATOR))

    def brought(data, **decisions):
        found = imports.bring("版.xlsx", data, {"read": "xlsx"}, by=member, at=timezone.now())
        wanted = {found.entries.get(reference=ref.replace("__", "/")).pk: to for ref, to in decisions.items()}
        imports.decide(found, wanted, expected=1, by=member)
        imports.apply(found, expected=2, by=member, at=timezone.now())

    return brought


@pytest.fixture
def adopted(version, member, bring):
    """A measure of the town that adopted TEST-1/TEST-001."""
    bring(edition_file({}))
    entry = NationalMeasure.objects.select_related("edition").get()
    with acting_for(version.municipality_id):
        return adoption.adopt(version, entry, by=member, at=NOW)


@pytest.fixture
def here(version):
    return reverse("wizard:national_changes", args=[version.pk])


def decide(client, version, change, answer, reason="試験の理由。", **more):
    data = {"change": change.key, "edit_no": change.part.edit_no, "answer": answer, "reason": reason, **more}
    return client.post(reverse("wizard:decide_national_change", args=[version.pk]), data)


def only(version):
    (change,) = open_in(version)
    return change


def kept(version):
    return Adoption.objects.get(part__version=version)


# What is told


def test_a_plan_that_took_over_what_still_stands_hears_nothing(client, version, adopted, here, look):
    assert open_in(version) == []
    assert "いま決めることはありません。" in look(client, here).words


def test_a_changed_wording_is_shown_with_both_texts_and_how_far_they_are_apart(
    client, version, adopted, bring, here, look
):
    bring(edition_file({"summary": "窓口を30か所に置く。"}))
    words = look(client, here).words
    assert "国の施策の文が変わりました" in words
    assert "消えた：" in words
    assert "加わった：" in words
    assert "窓口を30か所に置く。" in words
    assert "試験のための要約。" in words
    assert "100文字のうち約" in words
    assert "わが町の文試験の窓口" in words.replace(" ", "")


def test_a_successor_in_a_second_edition_is_offered(version, adopted, bring):
    bring(
        edition_file(
            {**GONE, "replaced_by": NEW}, {"edition": "TEST-2", "title": "新しい窓口"}, editions=[SECOND]
        )
    )
    change = only(version)
    assert change.what == "国の施策が、後の版に置き換わったか、終わりました"
    assert "題：新しい窓口" in change.new
    assert "replace" in change.answers


@pytest.mark.parametrize("edition_too", [True, False])
def test_what_is_not_offered_any_more_is_told(version, adopted, edition_too):
    if edition_too:
        Edition.objects.update(is_active=False)
    else:
        NationalMeasure.objects.update(is_on=False)
    change = only(version)
    assert change.what == "国の施策が、カタログから外れました"
    assert list(change.answers) == ["keep", "dismiss"]


def test_a_newer_basic_plan_than_the_cited_one_is_told(client, version, member, bring):
    bring(saved(workbook_of(national_documents=[DOCUMENT])))
    fill(version, "ch3", {"national_plan_ref": "TEST-D1"}, by=member)
    assert open_in(version) == []
    newer = {**DOCUMENT, "code": "TEST-D2", "decided_on": "2027-06-01"}
    bring(saved(workbook_of(national_documents=[DOCUMENT, newer])))
    change = only(version)
    assert "新しい版" in change.what
    decide(client, version, change, "take", "")
    assert part_of(version, "ch3").values["national_plan_ref"] == "TEST-D2"
    assert open_in(version) == []


@pytest.mark.parametrize(
    ("section", "entry", "change", "key", "values", "may_take"),
    [
        ("laws", LAW, {"number": "令和8年試験法律第1号"},
         "ch7", {"security_laws": ["TEST-L1"]}, False),
        ("funding_sources", {"code": "TEST-F1", "name": "試験交付金"}, {"name": "新試験交付金"},
         "measure", {"funding": ["kaaaaaaaaa"], "funding.kaaaaaaaaa.source": "試験交付金"}, True),
        ("standard_indicators", {"code": "TEST-I1", "name": "試験の指標", "unit": "件"}, {"unit": "%"},
         "ch1", {"digital_indicators": ["kaaaaaaaaa"], "digital_indicators.kaaaaaaaaa.name": "試験の指標"}, False),
        ("terms", {"code": "TEST-T1", "term": "試験語", "reading": "しけんご", "description": "説明。"}, {"description": "新しい説明。"},
         "appendix", {"glossary": ["kaaaaaaaaa"], "glossary.kaaaaaaaaa.term": "試験語"}, False),
    ],
    ids=["law", "grant", "indicator", "term"],
)  # fmt: skip
def test_every_other_table_is_told_to_who_uses_the_entry(
    client, version, measure, member, bring, section, entry, change, key, values, may_take
):
    bring(saved(workbook_of(**{section: [entry | TRUST]})))
    fill(version, measure.key if key == "measure" else key, values, by=member)
    other = make_version(by=version.created_by)
    bring(saved(workbook_of(**{section: [entry | TRUST | change]})))
    found = only(version)
    assert str(next(iter(change.values()))) in found.new
    assert ("take" in found.answers) == may_take
    assert open_in(other) == []
    decide(client, version, found, "take" if may_take else "keep")
    assert open_in(version) == []
    if may_take:
        assert part_of(version, measure.key).values["funding.kaaaaaaaaa.source"] == "新試験交付金"


def test_a_plan_begun_after_the_change_hears_nothing_of_it(officer, member, bring):
    bring(saved(workbook_of(laws=[LAW])))
    bring(saved(workbook_of(laws=[LAW | {"title": "新試験法"}])))
    version = make_version(by=officer)
    fill(version, "ch7", {"security_laws": ["TEST-L1"]}, by=member)
    with acting_for(version.municipality_id):
        Plan.objects.filter(pk=version.plan_id).update(created_at=timezone.now())
        assert open_in(version) == []


def test_what_was_not_decided_still_waits_in_a_copy_made_after_it(version, member, bring):
    bring(saved(workbook_of(laws=[LAW])))
    fill(version, "ch7", {"security_laws": ["TEST-L1"]}, by=member)
    bring(saved(workbook_of(laws=[LAW | {"title": "新試験法"}])))
    copy = versions.copy_version(version, label="第2版", stage="draft", by=member, at=timezone.now())
    assert "新試験法" in only(copy).new


@pytest.mark.parametrize("way", ["form", "list", "deleted", "file"])
def test_what_is_changed_without_an_import_is_told_too(version, measure, member, way):
    grant = FundingSource(code="TEST-F1", name="試験交付金", source="試験の出典", verified=True, is_on=True)
    grant.loaded_sha256 = grant.facts_sha256() if way == "file" else ""
    grant.save()
    fill(
        version,
        measure.key,
        {"funding": ["kaaaaaaaaa"], "funding.kaaaaaaaaa.source": "試験交付金"},
        by=member,
    )
    operator = client_of(make_user(Role.OPERATOR))
    match way:
        case "form":
            assert by_hand(operator, grant, name="新試験交付金").status_code == 302
        case "list":
            act(operator, "switch_off", "TEST-F1", model=FundingSource)
        case "deleted":
            operator.post(page_of(grant, "delete"), {"post": "yes"})
        case "file":
            entry = {name: value for name, value in grant.facts().items() if value is not None}
            newer = {**entry, "code": "TEST-F1", "name": "新試験交付金"}
            file = {"format": "planwizard-catalog", "format_version": 1, "funding_sources": [newer]}
            load_text(json.dumps(file))
    change = only(version)
    assert change.what == "計画にある財源が変わりました（財源）"
    assert ("新試験交付金" if way in ("form", "file") else "外れました") in change.new


def test_what_is_switched_off_and_on_again_is_no_change(version, member, bring):
    bring(saved(workbook_of(laws=[LAW])))
    fill(version, "ch7", {"security_laws": ["TEST-L1"]}, by=member)
    operator = client_of(make_user(Role.OPERATOR))
    for way in ("switch_off", "switch_on"):
        act(operator, way, "TEST-L1", model=Law)
    assert open_in(version) == []


# What is decided


@pytest.mark.parametrize("answer", ["keep", "dismiss"])
def test_leaving_it_is_recorded_and_changes_nothing(client, version, adopted, bring, answer, here, look):
    bring(edition_file({"summary": "新しい要約。"}))
    before = kept(version).wording
    decide(client, version, only(version), answer)
    assert kept(version).wording == before
    assert open_in(version) == []
    decision = NationalDecision.objects.get()
    assert (decision.answer, decision.reason) == (answer, "試験の理由。")
    assert "要約：新しい要約。" in decision.new_text
    assert "試験の理由。" in look(client, here).words


def test_a_further_change_is_told_again(client, version, adopted, bring):
    bring(edition_file({"summary": "新しい要約。"}))
    decide(client, version, only(version), "keep")
    bring(edition_file({"summary": "さらに新しい要約。"}))
    assert "さらに新しい要約。" in only(version).new


def test_taking_over_renews_the_wording_and_leaves_the_towns_text(client, version, adopted, bring):
    bring(edition_file({"title": "新しい題"}))
    decide(client, version, only(version), "take", "")
    assert kept(version).title == "新しい題"
    assert part_of(version, adopted.key).title == "試験の窓口"
    assert open_in(version) == []


def test_taking_over_the_title_too_is_a_save_like_any_other(client, version, adopted, bring):
    bring(edition_file({"title": "新しい題"}))
    decide(client, version, only(version), "take", "", retitle="on")
    assert part_of(version, adopted.key).title == "新しい題"
    newest = Edit.objects.filter(part=adopted).newest_first()[0]
    assert newest.values["title"] == "新しい題"


def test_replacing_takes_the_successor_in_its_place(client, version, adopted, bring):
    bring(
        edition_file(
            {**GONE, "replaced_by": NEW}, {"edition": "TEST-2", "title": "新しい窓口"}, editions=[SECOND]
        )
    )
    decide(client, version, only(version), "replace")
    assert kept(version).reference == NEW
    assert open_in(version) == []


def test_a_decision_holds_for_the_next_version_of_the_plan(client, version, adopted, bring, member):
    bring(edition_file({"summary": "新しい要約。"}))
    decide(client, version, only(version), "keep")
    copy = versions.copy_version(version, label="第2版", stage="draft", by=member, at=NOW)
    assert open_in(copy) == []


# What is refused


@pytest.mark.parametrize(
    ("answer", "reason", "says", "at"),
    [
        ("", "理由", "どうするかを選んで", "answer_1_take"),
        ("burn", "理由", "どうするかを選んで", "answer_1_take"),
        ("keep", " ", "理由を入力して", "reason_1"),
        ("keep", "あ" * 1001, "1000文字まで", "reason_1"),
    ],
)
def test_an_unfinished_decision_is_asked_again_with_what_was_typed(
    client, version, adopted, bring, answer, reason, says, at
):
    bring(edition_file({"summary": "新しい要約。"}))
    page = parse(decide(client, version, only(version), answer, reason))
    assert page.status == 422
    assert page.text("title").startswith("エラー：")
    (error,) = [word for word, href in page.links().items() if href == f"#{at}"]
    assert says in error
    assert page.all("textarea")[0].text == (reason.strip() or None)
    assert not NationalDecision.objects.exists()


def test_what_has_changed_again_meanwhile_is_not_decided(client, version, adopted, bring):
    bring(edition_file({"summary": "新しい要約。"}))
    seen = only(version)
    bring(edition_file({"summary": "さらに新しい要約。"}))
    page = parse(decide(client, version, seen, "take"))
    assert page.status == 409
    assert "さらに変わりました" in page.words
    assert "試験の理由。" in page.words
    assert not NationalDecision.objects.exists()


def test_nothing_is_done_when_somebody_saved_the_measure_meanwhile(client, version, adopted, bring, member):
    bring(edition_file({"title": "新しい題"}))
    seen = only(version)
    fill(version, adopted.key, {"title": "町の題"}, by=member)
    assert decide(client, version, seen, "take", retitle="on").status_code in (409, 422)
    assert part_of(version, adopted.key).title == "町の題"
    assert kept(version).title == "試験の窓口"
    assert not NationalDecision.objects.exists()


def test_a_frozen_version_is_left_as_it_is(client, version, adopted, bring):
    bring(edition_file({"summary": "新しい要約。"}))
    seen = only(version)
    versions.freeze(version)
    assert decide(client, version, seen, "take").status_code == 403
    assert not NationalDecision.objects.exists()


def test_an_answer_that_a_change_does_not_offer_is_refused(client, version, adopted, bring):
    bring(edition_file({"summary": "新しい要約。"}))
    assert decide(client, version, only(version), "replace").status_code in (409, 422)
    assert kept(version).reference == OLD


@pytest.mark.parametrize("role", [Role.VIEWER, Role.DRAFTER, Role.TOWN_ADMIN])
def test_who_may_not_arrange_reads_and_decides_nothing(version, adopted, bring, here, role, look):
    bring(edition_file({"summary": "新しい要約。"}))
    reader = client_of(make_user(role))
    assert look(reader, here).all("textarea") == []
    assert decide(reader, version, only(version), "keep").status_code == 403


# Where it is seen


def test_the_home_page_leads_the_secretariat_there(client, viewer, version, adopted, bring, here, look):
    bring(edition_file({"summary": "新しい要約。"}))
    home = reverse("wizard:home", args=[version.pk])
    line = "国の施策や文書が変わったところが 1 件あります。見比べて決めてください"
    assert look(client, home).links()[line] == here
    assert line not in look(viewer, home).words
    decide(client, version, only(version), "keep")
    assert line not in look(client, home).words


def test_the_count_is_kept_for_a_minute(version, adopted, bring, django_assert_num_queries):
    national_news.count_of(version)
    with django_assert_num_queries(0):
        national_news.count_of(version)
