"""What officers are told about a field, and who may add to it."""

import pytest
from django.urls import reverse

from planwizard.accounts.models import Role
from planwizard.accounts.tenancy import acting_for
from planwizard.catalog import offers
from planwizard.catalog.models import Term
from planwizard.plans import notes
from planwizard.plans.models import FieldNote
from planwizard.wizard.guidance import Folded, guidance_on
from tests.factories import client_of, make_measure, make_municipality, make_user, make_version, part_of

pytestmark = pytest.mark.django_db
FIELD = "ch2.purpose_gov_data"


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def version(officer):
    made = make_version(by=officer)
    with acting_for(made.municipality):
        yield made


def guide(version, key="ch2"):
    return reverse("wizard:guide", args=[version.pk, key])


def note(version, path="purpose_gov_data", key="ch2"):
    return reverse("wizard:note", args=[version.pk, key, path])


def entries(part):
    return {entry.field.path: entry for _, found in guidance_on(part) for entry in found}


def send(person, version, **more):
    seen = notes.seen(notes.of_field(FIELD))
    return client_of(person).post(note(version), {"seen": seen, **more})


def test_a_field_is_told_about_by_source_with_its_place_and_what_is_asked(version):
    told = entries(part_of(version, "ch2"))["purpose_gov_data"].field
    assert (told.origin, told.source) == ("書き方", "種文書 目的")
    assert told.help.start
    assert told.example.start
    assert told.printed.startswith("本文を書くまでのあいだ")
    assert [item.id for item in told.asked] == ["PU-01"]
    assert entries(part_of(version, "ch3"))["parent_plans"].field.origin == "手引・国"


def test_words_of_the_glossary_are_explained_but_not_pieces_of_longer_ones(version):
    Term.objects.create(
        code="kpi", term="KPI", reading="けーぴーあい", description="成果の指標。", is_on=True, verified=True
    )
    Term.objects.create(
        code="seika", term="成果", reading="せいか", description="結果。", is_on=True, verified=True
    )
    Term.objects.create(
        code="seikas",
        term="成果指標",
        reading="せいかしひょう",
        description="測るもの。",
        is_on=True,
        verified=True,
    )
    offers.forget()
    told = entries(make_measure(version))["kpis"].field
    assert told.terms == (("KPI", "成果の指標。"), ("成果指標", "測るもの。"))


def test_columns_are_called_after_their_table(version):
    assert entries(make_measure(version))["kpis.name"].field.label == "成果指標（KPI）：指標名"


def test_a_long_text_is_folded_after_a_whole_sentence():
    text = "一文目です。" * 30
    folded = Folded.of(text)
    assert folded.start + folded.rest == text
    assert folded.start.endswith("。")
    assert len(folded.start) <= 120
    assert Folded.of("短い。") == Folded("短い。", "")
    assert len(Folded.of("長" * 300).start) == 120


def test_the_secretariat_writes_a_note_that_everybody_reads_with_the_towns_name(look, officer, version):
    answer = send(officer, version, town="○○市の決まりは総務課に。<b>")
    assert answer.status_code == 302
    assert answer.url == f"{guide(version)}#purpose_gov_data"
    page = look(client_of(make_user(Role.VIEWER)), guide(version))
    assert "潮見野市の決まりは総務課に。<b>" in page.words
    assert "わが町の案内を書く" not in page.words


def test_a_note_of_another_town_is_not_shown(look, officer, version):
    send(officer, version, town="潮見野市だけの案内")
    town = make_municipality("993018")
    stranger = make_user(municipality=town)
    theirs = make_version(by=stranger)
    page = look(client_of(stranger), guide(theirs))
    assert "潮見野市だけの案内" not in page.words


@pytest.mark.parametrize("role", [Role.VIEWER, Role.DRAFTER, Role.TOWN_ADMIN])
def test_others_do_not_write_notes(version, role):
    assert send(make_user(role), version, town="だれかの案内").status_code == 403
    assert FieldNote.objects.count() == 0


def test_an_empty_note_is_taken_away(officer, version):
    send(officer, version, town="消す案内")
    send(officer, version, town=" \n")
    assert FieldNote.objects.count() == 0


def test_a_note_that_another_wrote_meanwhile_is_shown_and_nothing_is_lost(officer, version):
    stale = notes.seen({})
    send(officer, version, town="先に書かれた案内")
    answer = client_of(make_user()).post(note(version), {"seen": stale, "town": "後から書いた案内"})
    assert answer.status_code == 409
    words = answer.content.decode()
    assert "先に書かれた案内" in words
    assert "後から書いた案内" in words
    assert notes.of_field(FIELD) == {"town": "先に書かれた案内"}


def test_too_long_a_note_is_told_and_comes_back(officer, version):
    answer = send(officer, version, town="長" * 2001)
    assert answer.status_code == 422
    assert "わが町の案内は2000文字までにしてください（いまは2001文字）。" in answer.content.decode()
    assert "長" * 2001 in answer.content.decode()


def test_a_field_that_is_not_asked_has_no_note(officer, version):
    client = client_of(officer)
    assert client.get(note(version, "no_such_field")).status_code == 404
    assert client.post(note(version, "no_such_field"), {"town": "x"}).status_code == 404


def test_reading_guidance_writes_nothing_and_asks_little(officer, version, django_assert_max_num_queries):
    client = client_of(officer)
    with django_assert_max_num_queries(8):
        client.get(reverse("wizard:guide_beside", args=[version.pk, "ch2"]))
    assert FieldNote.objects.count() == 0
