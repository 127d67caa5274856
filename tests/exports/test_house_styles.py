"""A town's own look: brought in by a child process, decided on once, and what files are made with."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pypdfium2
import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from planwizard.accounts.models import Role
from planwizard.accounts.tenancy import acting_for
from planwizard.document.docx import guard
from planwizard.document.docx.guard import HouseStyleRefused
from planwizard.document.paper import USUAL
from planwizard.exports import asking, house_styles, making, run
from planwizard.exports.models import ExportJob, HouseStyle, State
from planwizard.exports.order import PLAIN, House, Order, content_hash
from planwizard.manuscript.options import Options
from planwizard.web import confined
from tests.document import house_files
from tests.document.reading import W, Word
from tests.factories import NOW, make_house_style, make_municipality, make_user, member_for
from tests.manuscript import plans

pytestmark = pytest.mark.django_db

WIDE = replace(USUAL, size_pt=11.0, pitch_pt=20.0, left_mm=35, right_mm=30)


@pytest.fixture
def member():
    found = member_for(make_user(Role.SECRETARIAT))
    with acting_for(found.municipality):
        yield found


def brought(member, data=None, name="潮見野市の標準") -> HouseStyle:
    return house_styles.bring(name, data or house_files.japanese(), "標準.dotx", by=member, at=NOW)


def in_use(member, data=None, name="潮見野市の標準") -> HouseStyle:
    style = brought(member, data, name)
    assert house_styles.accept(style, by=member, at=NOW)
    return HouseStyle.objects.get(pk=style.pk)


def files_of(style: HouseStyle) -> set[str]:
    return {path.name for path in style.path_of("x").parent.glob("*")}


# --- bringing in -------------------------------------------------------------------------------------------------


def test_a_file_becomes_a_draft_with_its_report_and_its_files(member):
    style = brought(member)
    assert (style.is_draft, style.is_default, style.version, style.original_name) == (
        True,
        False,
        1,
        "標準.dotx",
    )
    for sha256 in (style.original, style.adopted, style.sample):
        assert hashlib.sha256(style.path_of(sha256).read_bytes()).hexdigest() == sha256
    assert style.path_of(style.original).read_bytes() == house_files.japanese()
    assert style.mapping["styles"]["Heading1"] == "1"
    assert style.report["uses"]
    assert style.paper_settings.left_mm == 30


def test_a_refused_file_leaves_nothing(member):
    with pytest.raises(HouseStyleRefused, match="古い形式"):
        brought(member, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert not HouseStyle.objects.exists()


def test_a_file_too_heavy_to_be_looked_at_is_not_looked_at(member, monkeypatch):
    monkeypatch.setattr(confined, "run", None)
    with pytest.raises(HouseStyleRefused, match="20MB"):
        brought(member, b"PK" + b"\0" * guard.MAX_BYTES)


def test_a_child_that_dies_is_a_broken_file(member, monkeypatch):
    def die(module, data):
        raise confined.Gone(module)

    monkeypatch.setattr(confined, "run", die)
    with pytest.raises(HouseStyleRefused, match="壊れて"):
        brought(member)


def test_a_town_keeps_so_much_and_no_more(member, monkeypatch):
    monkeypatch.setattr(house_styles, "TOWN_QUOTA", 10)
    with pytest.raises(HouseStyleRefused, match="200MB"):
        brought(member)


def test_a_choice_by_hand_makes_the_base_anew(member):
    style = brought(member)
    before = files_of(style)
    house_styles.map_by_hand(style, {"BodyText": "a", "Title": ""})
    after = HouseStyle.objects.get(pk=style.pk)
    assert after.mapping["styles"]["BodyText"] == "a"
    assert after.chosen == {"BodyText": "a", "Title": ""}
    assert after.original == style.original
    assert files_of(after) == {after.original, after.adopted, after.sample}
    assert before != files_of(after)


def test_what_is_accepted_does_not_change_any_more(member):
    style = in_use(member)
    house_styles.map_by_hand(style, {"BodyText": "a"})
    assert HouseStyle.objects.get(pk=style.pk).mapping == style.mapping
    assert not house_styles.accept(style, by=member, at=NOW)
    assert not house_styles.discard(style)
    assert HouseStyle.objects.filter(pk=style.pk).exists()


def test_a_discarded_draft_takes_its_files_along(member, django_capture_on_commit_callbacks):
    kept, draft = brought(member), brought(member, house_files.default(), name="別の書式")
    with django_capture_on_commit_callbacks(execute=True):
        assert house_styles.discard(draft)
    assert files_of(kept) == {kept.original, kept.adopted, kept.sample}


def test_the_same_file_twice_shares_its_files(member, django_capture_on_commit_callbacks):
    first, second = brought(member), brought(member, name="別の名前")
    with django_capture_on_commit_callbacks(execute=True):
        house_styles.discard(second)
    assert first.path_of(first.adopted).exists()


# --- versions and the default ------------------------------------------------------------------------------------


def test_the_next_version_takes_over_when_it_is_accepted(member):
    first = in_use(member)
    house_styles.make_default(first)
    second = brought(member)
    assert second.version == 2
    assert HouseStyle.objects.get(pk=first.pk).is_default
    house_styles.accept(second, by=member, at=NOW)
    first, second = (HouseStyle.objects.get(pk=each.pk) for each in (first, second))
    assert (first.is_in_use, first.is_default) == (False, False)
    assert (second.is_in_use, second.is_default) == (True, True)


def test_of_several_one_is_the_default(member):
    one, other = (make_house_style(by=member.user, accepted_at=NOW) for _ in range(2))
    assert house_styles.make_default(one)
    assert house_styles.make_default(other)
    assert list(HouseStyle.objects.filter(is_default=True)) == [other]
    house_styles.clear_default(other)
    assert not HouseStyle.objects.filter(is_default=True).exists()


def test_what_is_not_in_use_is_no_default(member):
    draft = make_house_style(by=member.user)
    retired = make_house_style(by=member.user, accepted_at=NOW, retired_at=NOW)
    assert not house_styles.make_default(draft)
    assert not house_styles.make_default(retired)


def test_a_retired_default_is_none(member):
    style = make_house_style(by=member.user, accepted_at=NOW, is_default=True)
    assert house_styles.retire(style, at=NOW)
    assert not house_styles.retire(style, at=NOW)
    assert not HouseStyle.objects.filter(is_default=True).exists()


@pytest.mark.both_databases
@pytest.mark.parametrize("fields", [{"accepted_at": None}, {"accepted_at": NOW, "retired_at": NOW}])
def test_the_database_keeps_the_default_in_use(member, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_house_style(by=member.user, is_default=True, **fields)


@pytest.mark.both_databases
def test_the_database_keeps_one_default_in_each_town(member):
    make_house_style(by=member.user, accepted_at=NOW, is_default=True)
    make_house_style(make_municipality("993018"), accepted_at=NOW, is_default=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_house_style(by=member.user, accepted_at=NOW, is_default=True)


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_two_defaults_at_once_are_one():
    town, begin = make_municipality(), Barrier(2)
    styles = [make_house_style(town, accepted_at=NOW) for _ in range(2)]

    def decide(style):
        try:
            with acting_for(town):
                begin.wait()
                return house_styles.make_default(style)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(decide, styles)) == [True, True]
    with acting_for(town):
        assert HouseStyle.objects.filter(is_default=True).count() == 1


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_two_accepted_at_once_leave_one_version_in_use():
    town, begin = make_municipality(), Barrier(2)
    author = make_user(Role.SECRETARIAT)
    styles = [make_house_style(town, by=author, name="標準", version=number) for number in (1, 2)]
    member = member_for(author)

    def decide(style):
        try:
            with acting_for(town):
                begin.wait()
                return house_styles.accept(style, by=member, at=NOW)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(decide, styles)) == [True, True]
    with acting_for(town):
        assert HouseStyle.objects.in_use().count() == 1


# --- files made in it --------------------------------------------------------------------------------------------


def made(order: Order) -> making.Made:
    return making.make(order, lambda *now: None)


@pytest.mark.parametrize("name", house_files.FILES)
def test_a_plan_is_made_in_the_town_s_file(member, name):
    house = house_styles.house_of(in_use(member, house_files.FILES[name]()))
    result = made(Order("docx", plans.plan(), "", pages={}, house=house))
    word = Word(result.data, house.facts["styles"])
    headings = [p for p in word.body.iter(f"{W}p") if word.style(p) == "Heading1"]
    assert "第１章" in [word.number(heading) for heading in headings]
    assert "フィールド更新" in result.warnings[0]


def test_paper_reaches_word_and_pdf(member):
    style = house_styles.prescribe("余白の広い用紙", WIDE, by=member, at=NOW)
    house = house_styles.house_of(style)
    assert house == House(WIDE)
    word = Word(made(Order("docx", plans.small(), "", pages={}, house=house)).data)
    assert {each.get(f"{W}left") for each in word.body.iter(f"{W}pgMar")} == {"1984"}
    with pypdfium2.PdfDocument(made(Order("pdf", plans.small(), "", house=house)).data) as wide:
        left = min(each.get_bounds()[0] for each in wide[len(wide) - 1].get_objects(max_depth=1))
    assert left == pytest.approx(35 * 72 / 25.4, abs=2)


def test_an_order_with_a_house_style_comes_back_as_it_was(member):
    house = house_styles.house_of(in_use(member))
    order = Order("docx", plans.small(), "/pictures", house=house)
    assert Order.loads(order.dumps()) == order
    assert Order.loads(Order("pdf", plans.small(), "").dumps()).house == PLAIN


def test_another_look_is_another_document(member):
    style = in_use(member)
    looks = (PLAIN, House(WIDE), house_styles.house_of(style))
    hashes = {content_hash(plans.small(), Options(), look) for look in looks}
    assert len(hashes) == 3
    moved = replace(looks[2], folder="/elsewhere")
    assert content_hash(plans.small(), Options(), moved) in hashes


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"PK")])
def test_a_lost_or_changed_base_is_told(member, damage):
    style = in_use(member)
    damage(style.path_of(style.adopted))
    with pytest.raises(making.CannotMake, match="書式のファイルが壊れている"):
        made(Order("docx", plans.small(), "", pages={}, house=house_styles.house_of(style)))


def test_a_job_is_made_in_the_style_it_was_asked_for(version, officer):
    member = member_for(officer)
    style = in_use(member)
    jobs = asking.ask(
        version, ["docx", "pdf", "json"], Options(), by=member, at=timezone.now(), house_style=style
    )
    assert [job.house_style for job in jobs] == [style, style, None]
    house_styles.retire(style, at=NOW)  # asked for before
    for job in jobs:
        run.run(job.pk, job.municipality_id)
    done = {job.format: job for job in ExportJob.objects.all()}
    assert {job.state for job in done.values()} == {State.DONE}
    word = Word(done["docx"].path.read_bytes(), style.mapping["styles"])
    assert "潮見野市役所" in word.words(word.xml("word/header1.xml"))
    assert str(style) in done["docx"].told


def test_a_kept_file_is_of_the_same_look(version, officer):
    member = member_for(officer)
    style = house_styles.prescribe("用紙", WIDE, by=member, at=NOW)

    def ask(look):
        return asking.ask(version, ["pdf"], Options(), by=member, at=timezone.now(), house_style=look)[0]

    assert ask(None).pk == ask(None).pk
    assert ask(style).pk == ask(style).pk
    assert ask(style).pk != ask(None).pk


def test_the_command_takes_a_style_of_the_plan_s_town(version, officer, tmp_path):
    style = in_use(member_for(officer))
    target = tmp_path / "plan.docx"
    call_command("export_plan", str(version.pk), format="docx", output=str(target), house_style=str(style.pk))
    assert "潮見野市役所" in Word(target.read_bytes()).words(
        Word(target.read_bytes()).xml("word/header1.xml")
    )
    theirs = make_house_style(make_municipality("993018"), accepted_at=NOW)
    for wrong in (str(theirs.pk), "いつもの"):
        with pytest.raises(CommandError, match="書式はありません"):
            call_command("export_plan", str(version.pk), format="docx", output=str(target), house_style=wrong)
