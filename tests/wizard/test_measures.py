"""Chapter 6: adding, copying, ordering, moving, deleting and taking back, by the buttons of the list."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import reverse

from planwizard.accounts.models import Role
from planwizard.accounts.tenancy import acting_for
from planwizard.catalog.models import Law
from planwizard.manuscript.compose import compose
from planwizard.plans import exchange, structure, versions
from planwizard.plans.models import Part
from planwizard.plans.read import content_of
from tests.document.reading import truth
from tests.factories import NOW, client_of, make_measure, make_user, part_of
from tests.inspector import parse
from tests.wizard.screens import part_url, sheet_on, step_url, write

pytestmark = pytest.mark.django_db

KPI = "kaaaaaaaaa"
DEMO = Path("fixtures/demo/shiomino.json")


@pytest.fixture
def here(version):
    return reverse("wizard:measures", args=[version.pk])


@pytest.fixture
def three(version):
    return [make_measure(version, title=title) for title in ("一", "二", "三")]


def listed(version, pillar="online"):
    rows = Part.objects.of(version).kept().measures().of_pillar(pillar).in_order()
    return [(part.measure_no, part.title) for part in rows]


def offered(client, here, measure=None):
    page = parse(client.get(f"{here}?open={measure.key}" if measure else here))
    return {form.get("action") for form in page.all("form")} | set(page.links().values())


# Works


def test_the_list_shows_number_title_department_kpis_and_state(client, version, department, here, look):
    make_measure(version, title="窓口の予約", department=department, kpis=[KPI], **{f"kpis.{KPI}.name": "率"})
    rows = [" ".join("".join(row.itertext()).split()) for row in look(client, here).all("tr")]
    row = next(row for row in rows if "窓口の予約" in row)
    assert row.startswith("6-①-01 窓口の予約 子育て支援課 1 書きかけ")


def test_adding_leads_to_the_new_sheet(client, version, here):
    add = reverse("wizard:add_measure", args=[version.pk])
    assert add in offered(client, here)
    answer = client.post(add, {"pillar": "divide", "title": " まちなか\n相談 "})
    made = Part.objects.of(version).measures().get()
    assert (made.title, made.pillar, made.measure_no) == ("まちなか 相談", "divide", "6-④-01")
    assert answer["Location"] == part_url("measure", made)


def test_an_own_measure_is_known_as_one(client, version):
    client.post(reverse("wizard:add_measure", args=[version.pk]), {"title": "相談"})
    assert Part.objects.of(version).measures().get().values == {"kind": "own"}


def make_law(code, pillar, **facts):
    facts = {"use": "pillar", "verified": True, "is_on": True, **facts}
    return Law.objects.create(code=code, title="基本法", pillar=pillar, **facts)


@pytest.mark.parametrize(
    ("laws", "preset"),
    [
        ([{}], "law-0"),
        ([{}, {}], None),
        ([{}, {"is_on": False}], "law-0"),
        ([{"use": "security"}], None),
        ([], None),
    ],
    ids=["one", "two to choose from", "another switched off", "of another use", "none"],
)
def test_a_measure_begins_with_the_law_of_its_pillar_if_only_one_fits(client, version, laws, preset):
    for n, facts in enumerate(laws):
        make_law(f"law-{n}", "divide", **facts)
    make_law("law-of-another", "online")
    client.post(reverse("wizard:add_measure", args=[version.pk]), {"pillar": "divide", "title": "相談"})
    assert Part.objects.of(version).measures().get().values.get("act_article") == preset


def test_a_measure_that_moves_keeps_its_law(client, version):
    make_law("law-of-online", "online")
    make_law("law-of-divide", "divide")
    client.post(reverse("wizard:add_measure", args=[version.pk]), {"pillar": "online", "title": "相談"})
    made = Part.objects.of(version).measures().get()
    client.post(part_url("move_measure", made), {"pillar": "divide"})
    moved = part_of(version, made.key)
    assert (moved.pillar, moved.values["act_article"]) == ("divide", "law-of-online")


def test_a_copy_is_a_measure_of_its_own(client, version, measure, here):
    assert part_url("duplicate_measure", measure) in offered(client, here, measure)
    answer = client.post(part_url("duplicate_measure", measure))
    copy = Part.objects.of(version).measures().get(title="窓口の予約（写し）")
    assert answer["Location"] == part_url("measure", copy)
    write(client, part_url("measure", copy), title="別の施策")
    assert listed(version) == [("6-①-01", "窓口の予約"), ("6-①-02", "別の施策")]


def test_a_measure_goes_up_and_down_and_keeps_its_number(client, version, three, here):
    answer = client.post(part_url("move_measure", three[2]), {"to": "up"})
    assert answer["Location"] == f"{here}?open={three[2].key}#measure_{three[2].key}"
    client.post(part_url("move_measure", three[0]), {"to": "down"})
    assert listed(version) == [("6-①-03", "三"), ("6-①-01", "一"), ("6-①-02", "二")]


@pytest.mark.parametrize(("which", "to"), [(0, "up"), (2, "down")])
def test_beyond_the_ends_nothing_moves(client, version, three, which, to):
    before = listed(version)
    client.post(part_url("move_measure", three[which]), {"to": to})
    assert listed(version) == before


def test_numbers_follow_the_order_when_asked(client, version, three):
    client.post(part_url("move_measure", three[2]), {"to": "up"})
    client.post(reverse("wizard:renumber_measures", args=[version.pk]))
    assert listed(version) == [("6-①-01", "一"), ("6-①-02", "三"), ("6-①-03", "二")]


def test_a_measure_moves_to_another_area_and_takes_a_number_there(client, version, three):
    client.post(part_url("move_measure", three[0]), {"pillar": "standard"})
    assert listed(version, "standard") == [("6-⑤-01", "一")]
    assert len(listed(version)) == 2


def test_what_only_the_former_area_asks_is_there_again_after_moving_back(client, version):
    measure = make_measure(version, end_to_end="complete", title="申請")
    client.post(part_url("move_measure", measure), {"pillar": "divide"})
    client.post(part_url("move_measure", measure), {"pillar": "online"})
    assert sheet_on(client.get(part_url("measure", measure))).shown("end_to_end") == "complete"


def test_what_only_the_former_area_asks_outlives_a_save_in_the_new_one(client, version):
    measure = make_measure(version, end_to_end="complete", title="申請")
    client.post(part_url("move_measure", measure), {"pillar": "divide"})
    write(client, part_url("measure", measure), title="相談")
    client.post(part_url("move_measure", measure), {"pillar": "online"})
    assert sheet_on(client.get(part_url("measure", measure))).shown("end_to_end") == "complete"


def test_what_was_typed_while_a_measure_went_to_another_area_is_kept(client, colleague, version):
    """The open page still asks what the former area asks; the officer has typed into it."""
    measure = make_measure(version, end_to_end="complete", title="申請")
    here = part_url("measure", measure)
    write(client, here, "act=add:procedures")
    sheet = sheet_on(client.get(here))
    [key] = sheet.fields["procedures"]
    colleague.post(part_url("move_measure", measure), {"pillar": "divide"})
    typed = {f"procedures.{key}.name": "児童手当の請求", "end_to_end": "ほぼ全部", "title": "相談"}
    assert client.post(here, {**sheet.fields, **typed, "go": "save"}).status_code == 302
    after = part_of(version, measure.key)
    assert (after.title, after.pillar) == ("相談", "divide")
    assert after.values[f"procedures.{key}.name"] == "児童手当の請求"
    assert after.as_typed["end_to_end"] == "ほぼ全部"
    assert "end_to_end" not in after.values


def test_what_could_not_be_read_is_not_asked_for_in_an_area_that_does_not_ask_it(client, version, look):
    measure = make_measure(version, title="申請")
    write(client, part_url("measure", measure), end_to_end="ほぼ全部")
    client.post(part_url("move_measure", measure), {"pillar": "divide"})
    write(client, part_url("measure", measure), title="相談")
    assert "ほぼ全部" not in look(client, step_url(version, "done")).words
    client.post(part_url("move_measure", measure), {"pillar": "online"})
    assert "ほぼ全部" in look(client, step_url(version, "done")).words


def test_a_deleted_measure_leaves_the_plan_and_comes_back_whole(client, version, measure, here):
    write(client, part_url("measure", measure), actions="・予約を始める")
    client.post(part_url("delete_measure", measure))
    assert listed(version) == []
    assert "予約を始める" not in truth(compose(content_of(version)))
    assert client.get(part_url("measure", measure)).status_code == 404
    trash = reverse("wizard:trash", args=[version.pk])
    assert trash in offered(client, here)
    assert part_url("take_back_measure", measure) in offered(client, trash)
    assert client.post(part_url("take_back_measure", measure))["Location"] == here
    assert "予約を始める" in truth(compose(content_of(version)))


def test_what_was_done_is_said(client, version, measure, here):
    client.post(part_url("delete_measure", measure))
    assert "6-①-01　窓口の予約 を削除しました。" in client.get(here).content.decode()


@pytest.mark.parametrize("act", ["delete_measure", "take_back_measure"])
def test_pressing_twice_is_pressing_once(client, version, measure, act):
    if act == "take_back_measure":
        client.post(part_url("delete_measure", measure))
    client.post(part_url(act, measure))
    after = part_of(version, measure.key).edit_no
    assert client.post(part_url(act, measure)).status_code == 404
    assert part_of(version, measure.key).edit_no == after


# Who


ACTS = ("duplicate_measure", "move_measure", "delete_measure")


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", [Role.VIEWER, Role.TOWN_ADMIN, Role.DRAFTER])
def test_only_the_secretariat_arranges_measures(version, measure, role, act, here):
    person = client_of(make_user(role, departments=(measure.department,) if role == Role.DRAFTER else ()))
    answer = person.post(part_url(act, measure))
    assert answer.status_code == 403
    assert "事務局に依頼してください。" in answer.content.decode()
    assert part_url(act, measure) not in offered(person, here, measure)
    assert listed(version) == [("6-①-01", "窓口の予約")]


@pytest.mark.parametrize("act", [*ACTS, "take_back_measure"])
def test_a_stranger_and_a_wrong_key_find_nothing(client, stranger, version, measure, act):
    assert stranger.post(part_url(act, measure)).status_code == 404
    for key in ("k000000000", "ch1", "🏖"):
        assert client.post(reverse(f"wizard:{act}", args=[version.pk, key])).status_code == 404
    assert client.post(reverse(f"wizard:{act}", args=[uuid4(), measure.key])).status_code == 404


@pytest.mark.parametrize("act", ACTS)
def test_looking_is_not_acting(client, version, measure, act):
    assert client.get(part_url(act, measure)).status_code == (200 if act == "delete_measure" else 405)
    assert listed(version) == [("6-①-01", "窓口の予約")]


@pytest.mark.parametrize("act", ACTS)
def test_a_frozen_version_says_so_and_offers_no_buttons(client, version, measure, act, here):
    versions.freeze(version)
    answer = client.post(part_url(act, measure), {"to": "up"})
    assert answer.status_code == 403
    assert "この版は確定しているので、変えられません。" in answer.content.decode()
    assert part_url(act, measure) not in offered(client, here, measure)
    assert listed(version) == [("6-①-01", "窓口の予約")]


@pytest.mark.parametrize("pillar", ["", "sky", "ONLINE", "online; --"])
def test_an_area_that_is_none_is_refused_without_moving(client, version, pillar):
    measure = make_measure(version, "divide", title="相談")
    answer = client.post(part_url("move_measure", measure), {"pillar": pillar})
    assert answer.status_code in (302, 404)
    assert part_of(version, measure.key).pillar == "divide"


# Sheets


def test_a_drafter_writes_the_own_sheet_and_cannot_give_it_away(drafter, version, measure):
    sheet = sheet_on(drafter.get(part_url("measure", measure)))
    answer = drafter.post(
        sheet.action, {**sheet.fields, "title": "予約と呼出し", "department": "", "go": "next"}
    )
    assert answer["Location"] == reverse("wizard:measures", args=[version.pk])
    after = part_of(version, measure.key)
    assert (after.title, after.department) == ("予約と呼出し", measure.department)


def test_the_secretariat_gives_a_sheet_to_a_department(client, version, department):
    measure = make_measure(version)
    write(client, part_url("measure", measure), department=department.key)
    assert part_of(version, measure.key).department == department


def test_what_cannot_be_read_keeps_the_sheet_open_with_everything_else_saved(client, version, measure):
    write(client, part_url("measure", measure), "act=add:kpis")
    (key,) = part_of(version, measure.key).values["kpis"]
    changes = {f"kpis__{key}__name": "利用率", f"kpis__{key}__baseline_value": "約70"}
    answer = write(client, part_url("measure", measure), "go=next", **changes)
    assert answer["Location"] == part_url("measure", measure)
    after = part_of(version, measure.key)
    assert (after.kpi_count, after.as_typed) == (1, {f"kpis.{key}.baseline_value": "約70"})


def test_a_reference_to_what_is_gone_is_shown_as_gone(client, version, measure):
    write(client, step_url(version, "ch1"), issues=["kbbbbbbbbb"], issues__kbbbbbbbbb__title="窓口が混む")
    write(client, part_url("measure", measure), issues=["kbbbbbbbbb"])
    write(client, step_url(version, "ch1"), "act=remove:issues.kbbbbbbbbb")
    assert "（今は無い項目）" in client.get(part_url("measure", measure)).content.decode()


def test_a_deleted_chapter_cannot_be_taken_back_as_a_measure(client, version, member):
    part = structure.add_free_chapter(version, "防災", by=member)
    structure.delete(part, by=member, at=NOW)
    assert client.post(part_url("take_back_measure", part)).status_code == 404


def test_the_list_says_which_sheets_miss_nothing_and_so_does_the_way_on(client, member, look):
    with acting_for(member.municipality):
        full = exchange.load(DEMO.read_bytes(), by=member, at=NOW).version
        sheets = Part.objects.filter(version=full, kind="measure").order_by("measure_no")
        sheets.update(state="todo")
        first, second = sheets[:2]
    listed = reverse("wizard:measures", args=[full.pk])
    assert "必須の欄はそろっています" not in look(client, listed).words
    write(client, part_url("measure", first), "go=next_measure")
    assert f"施策 {first.measure_no} を保存しました。必須の欄はそろいました。" in look(client, listed).words
    write(client, part_url("measure", second), "go=next", goal_statement="")
    assert look(client, listed).words.count("必須の欄はそろっています") == 1
    assert "そろいました" not in look(client, listed).words
    write(client, step_url(full, "ch2"), "go=next")
    assert "を保存しました。必須の欄はそろいました。" in look(client, listed).words


# From sheet to sheet


def test_saving_leads_to_the_next_sheet_in_the_order_of_the_list(client, version, member):
    last = make_measure(version, "divide", title="相談")
    first = make_measure(version, "online", title="予約")
    answer = write(client, part_url("measure", first), "go=next_measure", title="予約と呼出し")
    assert answer["Location"] == part_url("measure", last)
    assert part_of(version, first.key).title == "予約と呼出し"
    answer = write(client, part_url("measure", last), "go=next_measure")
    assert answer["Location"] == reverse("wizard:measures", args=[version.pk])


@pytest.mark.parametrize(
    ("at", "place"),
    [
        ("budget_status", "#id_budget_status"),
        ("kpis", "#id_kpis"),
        ("title", ""),  # the first: at the top, where the number of the sheet stands
        ("title#x", ""),
        ("<b>", ""),
        ("", ""),
    ],
)
def test_the_next_sheet_opens_at_the_field_of_this_one(client, version, at, place):
    first, second = make_measure(version), make_measure(version)
    answer = write(client, part_url("measure", first), "go=next_measure", at=at)
    assert answer["Location"] == part_url("measure", second) + place


def test_a_drafter_passes_the_sheets_of_other_departments(drafter, version, measure, department):
    make_measure(version, title="ほかの課の施策")
    own = make_measure(version, department=department)
    answer = write(drafter, part_url("measure", measure), "go=next_measure")
    assert answer["Location"] == part_url("measure", own)


def test_the_areas_are_called_as_they_are_printed(client, version, look):
    Part.objects.filter(version=version, key="ch6-divide").update(title="誰もが使えるように")
    heads = [
        "".join(node.itertext())
        for node in look(client, reverse("wizard:measures", args=[version.pk])).all("h2")
    ]
    assert "① 手続における情報通信の技術の利用等に係る取組（手続オンライン化）" in heads
    assert "④ 誰もが使えるように（デジタルデバイド是正）" in heads


def test_what_comes_before_is_chosen_from_a_very_long_list(client, version, member, look):
    sheets = [make_measure(version, title=f"施策その{n}") for n in range(43)]
    here = part_url("measure", sheets[0])
    sheet = sheet_on(client.get(here))
    assert ("go", "choose:depends_on") in sheet.buttons
    answer = write(client, here, "go=choose:depends_on", title="題も保存する")
    address, _, place = answer.url.partition("#")
    assert place == "id_depends_on"
    assert "施策その42" in look(client, address).words
    write(client, address, depends_on=[sheets[42].key])
    saved = part_of(version, sheets[0].key)
    assert (saved.title, saved.values["depends_on"]) == ("題も保存する", [sheets[42].key])
    assert "ほかから選ぶ（41件）" in look(client, here).words
