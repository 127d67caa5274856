"""The catalogue beside a plan: search, read, adopt; what was adopted stays as it was read on that day."""

import pytest
from django.urls import reverse

from planwizard.accounts.models import Role
from planwizard.accounts.tenancy import acting_for
from planwizard.blueprint.content import Answers
from planwizard.catalog.measures import Edition, NationalMeasure
from planwizard.catalog.models import Law
from planwizard.manuscript.compose import compose
from planwizard.plans import examples, structure, versions
from planwizard.plans.models import Adoption, Part, PlanVersion
from planwizard.plans.read import content_of
from tests.document.reading import truth
from tests.factories import NOW, client_of, make_measure, make_user, part_of
from tests.inspector import parse
from tests.wizard.screens import part_url, write

pytestmark = pytest.mark.django_db


def make_entry(code="NM-001", title="窓口の手続", **facts):
    edition = Edition.objects.get_or_create(code="2026-11-a", name="カタログ", is_active=True)[0]
    facts = {"area": "online", "ministry": "デジタル庁", "summary": f"{title}を進める。", **facts}
    facts = {"verified": True, "is_on": True, "source": "施策集", "source_edition": "施策集", **facts}
    entry = NationalMeasure(edition=edition, code=code, title=title, **facts)
    entry.derive()
    entry.save()
    return entry


@pytest.fixture
def entry(db):
    return make_entry(title_kind="descriptive", status="unknown")


@pytest.fixture
def here(version):
    return reverse("wizard:national_measures", args=[version.pk])


def address(name, version, entry):
    return reverse(f"wizard:{name}", args=[version.pk, entry.edition.code, entry.code])


def found(client, here, **asked):
    page = parse(client.get(here, asked))
    cards = [node for node in page.all("h2") if node.get("class") == "pw-card__title"]
    return [" ".join("".join(card.itertext()).split()) for card in cards]


def adoption_of(version):
    return Adoption.objects.select_related("part").get(part__version=version)


# Search


def test_the_list_is_searched_by_words_area_and_ministry(client, here):
    make_entry("NM-001", "子育ての手続", area="online", ministry="こども家庭庁")
    make_entry("NM-002", "データの公開", area="open_data", ministry="デジタル庁・総務省")
    make_entry("NM-003", "相談の窓口", area="divide", area_sub="online", ministry="総務省")
    assert found(client, here) == ["子育ての手続", "データの公開", "相談の窓口"]
    assert found(client, here, words="ﾃﾞｰﾀ 公開") == ["データの公開"]
    assert found(client, here, area="online") == ["子育ての手続", "相談の窓口"]
    assert found(client, here, ministry="総務省", area="open_data") == ["データの公開"]


def test_what_was_searched_stands_in_the_form_and_what_to_do_without_a_hit(client, here, look):
    page = look(client, f"{here}?words=灯台")
    assert "0 件見つかりました。" in page.words
    assert "言葉を短くするか" in page.words
    assert next(node for node in page.all("input") if node.get("name") == "words").get("value") == "灯台"


@pytest.mark.parametrize("off", [{"is_on": False}, {"verified": False}])
def test_what_is_switched_off_or_not_verified_is_neither_found_nor_opened(client, version, here, off):
    entry = make_entry(**off)
    assert found(client, here) == []
    assert client.get(address("national_measure", version, entry)).status_code == 404
    assert client.post(address("adopt", version, entry)).status_code == 404


def test_an_inactive_edition_is_not_offered(client, version, here, entry):
    Edition.objects.update(is_active=False)
    assert found(client, here) == []
    assert client.post(address("adopt", version, entry)).status_code == 404


def test_every_mark_of_doubt_is_shown(client, version, here, entry, look):
    for page in (look(client, here), look(client, address("national_measure", version, entry))):
        assert "窓口の手続（説明題）" in page.words
        assert "今の扱いは未確認" in page.words


def test_a_search_goes_on_over_pages(client, here, look):
    for n in range(45):
        make_entry(f"NM-{n:03}", f"施策{n}", area="divide")
    first, last = found(client, here, area="divide"), found(client, here, area="divide", page="3")
    assert (len(first), len(last)) == (20, 5)
    assert len(found(client, here, area="divide", page="9")) == 5


def test_a_reader_goes_on_to_the_next_page_by_a_link(viewer, here, look):
    for n in range(21):
        make_entry(f"NM-{n:03}", f"施策{n}", area="divide")
    links = look(viewer, f"{here}?area=divide").links().values()
    assert any("area=divide" in link and "page=2" in link for link in links)


# Adopting


def test_one_click_makes_a_measure_that_cites_the_entry(client, version, here, entry):
    assert address("adopt", version, entry) in [
        form.get("action") for form in parse(client.get(here)).all("form")
    ]
    answer = client.post(address("adopt", version, entry))
    kept = adoption_of(version)
    assert answer["Location"] == part_url("measure", kept.part)
    assert (kept.edition_code, kept.code, kept.title) == ("2026-11-a", "NM-001", entry.full_title)
    assert (kept.part.title, kept.part.pillar, kept.part.measure_no) == ("窓口の手続", "online", "6-①-01")
    assert "窓口の手続を進める。" in kept.wording


def test_what_is_adopted_begins_with_the_law_of_its_pillar(client, version, entry):
    Law.objects.create(
        code="act-10", title="基本法", use="pillar", pillar="online", verified=True, is_on=True
    )
    client.post(address("adopt", version, entry))
    assert adoption_of(version).part.values["act_article"] == "act-10"


@pytest.mark.parametrize(("named", "preset"), [("11条", "act-11"), ("13条", None), ("", None)])
def test_of_several_laws_of_a_pillar_it_begins_with_the_one_that_it_names(
    client, version, entry, named, preset
):
    for number in (11, 12):
        facts = {"title": "基本法", "article": f"第{number}条", "use": "pillar", "pillar": entry.area}
        Law.objects.create(code=f"act-{number}", verified=True, is_on=True, **facts)
    NationalMeasure.objects.filter(pk=entry.pk).update(act_article=named)
    client.post(address("adopt", version, entry))
    assert adoption_of(version).part.values.get("act_article") == preset


def test_the_sheet_is_the_towns_own_from_then_on(client, version, entry):
    client.post(address("adopt", version, entry))
    part = adoption_of(version).part
    write(client, part_url("measure", part), title="書かない窓口")
    assert part_of(version, part.key).title == "書かない窓口"
    assert adoption_of(version).title == entry.full_title


@pytest.mark.parametrize(
    "change",
    [
        {"title": "別の題", "summary": "別の要約", "ministry": "別の省"},
        {"is_on": False},
        {"status": "superseded"},
        {"verified": False},
    ],
    ids=["rewritten", "switched off", "superseded", "not verified any more"],
)
def test_what_was_adopted_stays_as_it_was_when_the_catalogue_changes(client, version, entry, change, look):
    client.post(address("adopt", version, entry))
    before, printed = adoption_of(version).wording, truth(compose(content_of(version)))
    NationalMeasure.objects.filter(pk=entry.pk).update(**change)
    kept = adoption_of(version)
    page = look(client, part_url("measure", kept.part))
    assert (kept.wording, kept.title_kind, kept.status) == (before, "descriptive", "unknown")
    assert "窓口の手続を進める。" in page.words
    assert "番号 NM-001" in page.words
    assert truth(compose(content_of(version))) == printed


def test_provenance_travels_to_the_next_version(client, version, entry):
    client.post(address("adopt", version, entry))
    NationalMeasure.objects.filter(pk=entry.pk).update(summary="別の要約", is_on=False)
    client.post(reverse("wizard:copy_version", args=[version.pk]), {"label": "第2版", "stage": "draft"})
    wordings = set(Adoption.objects.values_list("wording", "sha256", "code", "edition_code"))
    assert Adoption.objects.count() == 2
    assert len(wordings) == 1


def test_an_entry_is_added_to_a_measure_that_exists(client, version, measure, entry):
    answer = client.post(address("adopt", version, entry), {"part": measure.key})
    assert answer["Location"] == part_url("measure", measure)
    assert adoption_of(version).part == measure
    assert part_of(version, measure.key).title == "窓口の予約"


def test_adding_twice_is_adding_once(client, version, measure, entry):
    for _ in range(2):
        client.post(address("adopt", version, entry), {"part": measure.key})
    assert Adoption.objects.filter(part=measure).count() == 1


def test_the_list_says_where_an_entry_was_adopted(client, version, here, entry, look):
    client.post(address("adopt", version, entry))
    assert "採用済み：6-①-01" in look(client, here).words
    assert "6-①-01" in look(client, address("national_measure", version, entry)).words


def test_dropping_an_entry_leaves_the_measure(client, version, entry):
    client.post(address("adopt", version, entry))
    kept = adoption_of(version)
    client.post(part_url("drop_adoption", kept.part, kept.pk))
    assert not Adoption.objects.exists()
    assert Part.objects.of(version).kept().measures().get() == kept.part


def test_a_deleted_measure_takes_its_citation_back_with_it(client, version, entry, here, look):
    client.post(address("adopt", version, entry))
    part = adoption_of(version).part
    client.post(part_url("delete_measure", part))
    assert "採用済み" not in look(client, here).words
    client.post(part_url("take_back_measure", part))
    assert "採用済み" in look(client, here).words


# Several at once, with examples


def many(client, version, *references, **more):
    return client.post(reverse("wizard:adopt_many", args=[version.pk]), {"entry": references, **more})


def test_several_are_adopted_at_once_and_none_twice(client, version, entry, look):
    make_entry("NM-002", "別の施策", area="divide")
    make_entry("NM-003", "切った施策", is_on=False)
    client.post(address("adopt", version, entry))
    many(client, version, "2026-11-a/NM-001", "2026-11-a/NM-002", "2026-11-a/NM-003", "x")
    titles = Part.objects.of(version).kept().measures().values_list("title", flat=True)
    assert sorted(titles) == ["別の施策", "窓口の手続"]
    assert "3件は採用済みか" in look(client, reverse("wizard:measures", args=[version.pk])).words


def test_nothing_ticked_is_asked_again(client, version, entry, here, look):
    assert many(client, version)["Location"] == here
    assert "印を付けてください" in look(client, here).words


def test_ticks_go_along_to_another_page_and_another_search(client, version, here, look):
    for n in range(21):
        make_entry(f"NM-{n:03}", f"施策{n:03}", area="divide")
    address = many(client, version, "2026-11-a/NM-003", area="divide", page="2", examples="on")["Location"]
    assert address == f"{here}?area=divide&page=2&entry=2026-11-a%2FNM-003"
    second = look(client, address)
    assert "ほかのページや前の検索で印を付けたもの 施策003" in second.words
    assert "1件に印が付いています。" in second.words
    first = many(client, version, "2026-11-a/NM-003", "x" * 99, go="search")["Location"]
    assert first == f"{here}?entry=2026-11-a%2FNM-003&examples=no"
    assert "ほかのページや前の検索" not in look(client, first).words
    assert not Part.objects.of(version).kept().measures().exists()


def test_more_than_can_be_adopted_at_once_is_said_and_adopts_none(client, version, here, look):
    answer = many(client, version, *(f"2026-11-a/NM-{n:03}" for n in range(51)), go="adopt")
    assert "一度に採用できるのは50件までです。" in look(client, answer["Location"]).words
    assert not Part.objects.of(version).kept().measures().exists()


def test_the_list_is_narrowed_by_status(client, here):
    make_entry("NM-001", "続く施策", status="current")
    make_entry("NM-002", "終わった施策", status="superseded")
    assert found(client, here, status="superseded") == ["終わった施策"]


def test_the_list_begins_with_what_goes_on(client, here):
    for n, status in enumerate(("current", "unknown", "superseded")):
        make_entry(f"NM-00{n}", status, status=status)
    assert found(client, here) == ["current", "unknown"]
    assert found(client, here, status="all") == ["current", "unknown", "superseded"]


@pytest.fixture
def ended(db):
    return make_entry(
        "NM-002", "古い施策", status="superseded", replaced_by=make_entry("NM-003", "新しい施策")
    )


def test_what_ended_is_marked_names_its_successor_and_has_no_button_on_the_list(
    client, version, here, ended, look
):
    page = look(client, f"{here}?status=superseded")
    assert "終わった施策" in page.words
    assert "後継：新しい施策" in page.words
    assert "採用して施策を作る" not in page.words
    entry = look(client, address("national_measure", version, ended))
    assert entry.links()["新しい施策"] == address("national_measure", version, ended.replaced_by)
    assert "終わった施策と知ったうえで採用する" in entry.words


def test_a_successor_that_nobody_may_choose_is_no_link(client, version, ended, look):
    NationalMeasure.objects.filter(code="NM-003").update(is_on=False)
    page = look(client, address("national_measure", version, ended))
    assert "新しい施策" not in page.links()
    assert "最新の国の文書で後の施策を確かめてください" in page.words


def test_what_ended_is_not_adopted_among_several(client, version, ended):
    many(client, version, "2026-11-a/NM-002", "2026-11-a/NM-003")
    assert [part.title for part in Part.objects.of(version).measures()] == ["新しい施策"]


def test_examples_are_taken_over_with_their_mark(client, version):
    make_entry(suggested_kpi="利用した件数、待ち時間")
    many(client, version, "2026-11-a/NM-001", examples="on")
    answers = adoption_of(version).part.answers
    kpis = [answers[f"kpis.{key}.name"] for key in answers["kpis"]]
    course = [
        (
            answers[f"schedule.{key}.item"],
            answers[f"schedule.{key}.start_fy"],
            answers[f"schedule.{key}.end_fy"],
        )
        for key in answers["schedule"]
    ]
    assert kpis == ["（例）利用した件数", "（例）待ち時間"]
    assert course == [
        ("（例）調査・準備", 2026, 2026),
        ("（例）試行", 2027, 2027),
        ("（例）本格実施", 2028, 2030),
    ]


def test_an_example_has_the_stage_of_each_year_and_the_years_of_a_new_indicator(client, version):
    make_entry(suggested_kpi="利用した件数")
    many(client, version, "2026-11-a/NM-001", examples="on")
    answers = Answers(adoption_of(version).part.answers)
    [kpi] = answers.rows("kpis")
    assert (kpi["baseline_fy"], kpi["target_fy"]) == (2025, 2030)
    stages = [
        {year: cells["status"] for year, cells in row.by_year("cells").items()}
        for row in answers.rows("schedule")
    ]
    assert stages == [{2026: "prepare"}, {2027: "trial"}, {2028: "act", 2029: "act", 2030: "act"}]


def test_a_plan_that_starts_small_gets_one_indicator_and_one_row_over_all_years(client, version):
    PlanVersion.objects.filter(pk=version.pk).update(is_small_start=True)
    make_entry(suggested_kpi="利用した件数、待ち時間")
    many(client, version, "2026-11-a/NM-001", examples="on")
    answers = Answers(adoption_of(version).part.answers)
    assert [kpi.text("name") for kpi in answers.rows("kpis")] == ["（例）利用した件数"]
    [row] = answers.rows("schedule")
    assert (row["item"], row["start_fy"], row["end_fy"]) == ("（例）準備から本格実施まで", 2026, 2030)
    stages = [cells["status"] for cells in row.by_year("cells").values()]
    assert stages == ["prepare", "trial", "act", "act", "act"]


def test_the_summary_is_taken_over_as_a_draft_of_what_is_done(client, version, here, look):
    entry = make_entry(text_seen="title_only")
    answer = client.post(address("adopt", version, entry), {"examples": "on"})
    assert adoption_of(version).part.values["actions"] == "（例）窓口の手続を進める。（題からの説明）"
    told = look(client, answer["Location"]).words
    assert "（例）を入れたので書き直すもの：取組内容、工程" in told
    assert "これから書くもの（必須）：" in told
    assert "所管課" in told


def test_who_sends_the_list_as_it_stands_gets_the_drafts(client, here, entry):
    offered = [node.get("name") for node in parse(client.get(here)).all("input") if node.get("value") == "on"]
    assert offered == ["examples"]


def test_the_catalogues_examples_are_in_the_words_of_a_町(version):
    entry = make_entry(suggested_kpi="自市のデータの反映率")
    [name] = [
        value
        for path, value in examples.of(entry, version.edition.measure("online"), (), "町").items()
        if path.endswith(".name")
    ]
    assert name == "（例）自町のデータの反映率"


def test_the_sheet_and_the_list_lead_to_the_national_measures_of_the_area(client, version, measure, look):
    area = reverse("wizard:national_measures", args=[version.pk]) + "?area=online"
    assert area in look(client, reverse("wizard:measures", args=[version.pk])).links().values()
    assert f"{area}&part={measure.key}" in look(client, part_url("measure", measure)).links().values()


def test_from_a_sheet_the_list_adds_to_that_sheet(client, version, here, measure, entry, look):
    page = look(client, f"{here}?part={measure.key}")
    sent = [node.get("value") for node in page.all("input") if node.get("name") == "part"]
    assert sent == [measure.key] * 2  # the search goes on with it
    assert "採用して施策を作る" not in page.words


@pytest.mark.parametrize("key", ["k000000000", "ch2", "🏖"])
def test_a_sheet_that_is_none_changes_nothing_on_the_list(client, here, entry, key, look):
    assert "採用して施策を作る" in look(client, f"{here}?part={key}").words


def test_without_asking_no_example_is_written(client, version, entry):
    client.post(address("adopt", version, entry))
    assert "kpis" not in adoption_of(version).part.answers


def test_a_frozen_version_adopts_none_of_several(client, version, entry):
    versions.freeze(version)
    assert many(client, version, "2026-11-a/NM-001").status_code == 403
    assert not Adoption.objects.exists()


# Who


def test_a_drafter_adds_an_entry_to_the_own_measure_only(drafter, version, measure, entry):
    other = make_measure(version, title="よその施策")
    answers = [
        drafter.post(address("adopt", version, entry), {"part": key}) for key in (measure.key, other.key, "")
    ]
    assert [answer.status_code for answer in answers] == [302, 403, 403]
    assert adoption_of(version).part == measure


@pytest.mark.parametrize("act", ["adopt", "drop_adoption"])
def test_a_measure_that_was_handed_in_is_left_alone_by_its_drafter(
    drafter, client, version, measure, member, entry, act
):
    if act == "drop_adoption":
        client.post(address("adopt", version, entry), {"part": measure.key})
    structure.hand_in(measure, by=member, at=NOW)
    before = Adoption.objects.count()
    if act == "adopt":
        answer = drafter.post(address("adopt", version, entry), {"part": measure.key})
    else:
        answer = drafter.post(part_url("drop_adoption", measure, adoption_of(version).pk))
    assert answer.status_code == 403
    assert "提出を取りやめる" in answer.content.decode()
    assert Adoption.objects.count() == before


@pytest.mark.parametrize("role", [Role.VIEWER, Role.TOWN_ADMIN])
def test_who_only_reads_sees_the_list_without_buttons(version, here, entry, role, look):
    reader = client_of(make_user(role))
    posts = [
        form
        for form in look(reader, here).all("form")
        if form.get("action") == address("adopt", version, entry)
    ]
    assert posts == []
    assert reader.post(address("adopt", version, entry)).status_code == 403


def test_a_stranger_adopts_nothing(stranger, version, measure, entry):
    assert stranger.get(address("national_measure", version, entry)).status_code == 404
    assert stranger.post(address("adopt", version, entry)).status_code == 404
    assert stranger.post(address("adopt", version, entry), {"part": measure.key}).status_code == 404


@pytest.mark.parametrize("key", ["k000000000", "ch2", "🏖"])
def test_what_is_no_measure_adopts_nothing(client, version, entry, key):
    assert client.post(address("adopt", version, entry), {"part": key}).status_code == 404
    with acting_for(version.municipality_id):
        assert not Adoption.objects.exists()


def test_a_frozen_version_adopts_and_drops_nothing(client, version, measure, entry):
    client.post(address("adopt", version, entry), {"part": measure.key})
    kept = adoption_of(version)
    versions.freeze(version)
    other = make_entry("NM-002", "別の施策")
    answers = [
        client.post(address("adopt", version, other)),
        client.post(address("adopt", version, other), {"part": measure.key}),
        client.post(part_url("drop_adoption", measure, kept.pk)),
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert adoption_of(version) == kept
