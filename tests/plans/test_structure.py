"""Adding, ordering, moving, deleting and taking back; copying and freezing versions."""

import pytest

from planwizard.accounts.models import Membership, Role
from planwizard.accounts.tenancy import acting_for
from planwizard.plans import read, structure, versions
from planwizard.plans.models import Adoption, Edit, EditKind, Part, PlanVersion, State
from planwizard.plans.structure import Frozen
from planwizard.web.errors import Refused
from tests.factories import NOW, fill, make_measure, make_user, make_version, member_for, part_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def officer():
    return make_user(Role.SECRETARIAT)


@pytest.fixture
def member(officer):
    return member_for(officer)


@pytest.fixture
def version(officer):
    found = make_version(by=officer)
    with acting_for(found.municipality_id):
        yield found


def numbers(version):
    rows = Part.objects.of(version).kept().measures().in_order()
    return [(row.measure_no, row.title) for row in rows]


def test_a_blank_plan_has_one_part_for_each_step(version):
    keys = list(Part.objects.of(version).steps().values_list("key", flat=True))
    assert keys == [sheet.key for sheet in version.edition.sheets]


def test_measures_are_numbered_by_area(version):
    parts = [make_measure(version, pillar) for pillar in ("online", "online", "standard")]
    assert [part.measure_no for part in parts] == ["6-①-01", "6-①-02", "6-⑤-01"]


def test_a_number_is_not_given_twice(version, member):
    first = make_measure(version)
    structure.delete(first, by=member, at=NOW)
    assert make_measure(version).measure_no == "6-①-02"


@pytest.mark.parametrize(
    "strange", ["施策①", "施策1", "6-①-²", "6-①-٣", "6-①-9999", "6-①-" + "9" * 16, "6-①-02", "6-①", "-1", "―"]
)
def test_a_measure_finds_a_number_beside_any_that_a_file_brought(version, strange):
    brought = make_measure(version, "divide")
    Part.objects.filter(pk=brought.pk).update(measure_no=strange)
    made = [make_measure(version, pillar).measure_no for pillar in ("online", "online", "divide", "divide")]
    assert len({strange, *made}) == 5
    assert all(len(number) <= 20 for number in made)


def test_moving_what_was_deleted_meanwhile_moves_nothing(version, member):
    stay, gone = make_measure(version, title="残る"), make_measure(version, title="消える")
    structure.delete(part_of(version, gone.key), by=member, at=NOW)
    structure.move_measure(gone, by_places=-1, by=member)
    assert numbers(version) == [("6-①-01", stay.title)]


def test_moving_what_went_to_another_area_meanwhile_moves_nothing(version, member):
    moved = make_measure(version)
    structure.move_to_area(part_of(version, moved.key), "divide", by=member)
    structure.move_measure(moved, by_places=1, by=member)
    assert part_of(version, moved.key).pillar == "divide"


def test_moving_a_measure_keeps_its_number(version, member):
    first, second = make_measure(version, title="一"), make_measure(version, title="二")
    structure.move_measure(second, by_places=-1, by=member)
    assert numbers(version) == [("6-①-02", "二"), ("6-①-01", "一")]
    structure.move_measure(first, by_places=1, by=member)
    assert [no for no, _ in numbers(version)] == ["6-①-02", "6-①-01"]


def test_renumbering_follows_the_present_order(version, member):
    make_measure(version, title="一")
    structure.move_measure(make_measure(version, title="二"), by_places=-1, by=member)
    structure.renumber(version, by=member)
    assert numbers(version) == [("6-①-01", "二"), ("6-①-02", "一")]


def test_a_measure_in_another_area_takes_a_number_there(version, member):
    make_measure(version, "divide")
    part = make_measure(version, "online")
    structure.move_to_area(part, "divide", by=member)
    after = part_of(version, part.key)
    assert (after.pillar, after.measure_no) == ("divide", "6-④-02")


def test_a_copy_of_a_measure_has_rows_of_its_own(version, member):
    values = {"kpis": ["kaaaaaaaaa"], "kpis.kaaaaaaaaa.name": "件数", "issues": ["iaaaaaaaaa"]}
    part = make_measure(version, **values)
    copy = structure.duplicate_measure(part, by=member, at=NOW)
    (key,) = copy.values["kpis"]
    assert key != "kaaaaaaaaa"
    assert copy.values == {"kpis": [key], f"kpis.{key}.name": "件数", "issues": ["iaaaaaaaaa"]}


def test_a_deleted_measure_can_be_taken_back(version, member):
    part = make_measure(version, title="戻す施策", actions="・始める")
    structure.delete(part, by=member, at=NOW)
    assert numbers(version) == []
    structure.take_back(part_of(version, part.key), by=member, at=NOW)
    after = part_of(version, part.key)
    assert (after.title, after.values) == ("戻す施策", {"actions": "・始める"})
    kinds = Edit.objects.filter(part=part).order_by("edit_no").values_list("kind", flat=True)
    assert list(kinds) == [EditKind.MANUAL, EditKind.DELETED, EditKind.RESTORED]


def test_a_number_given_away_meanwhile_is_replaced(version, member):
    part = make_measure(version)
    structure.delete(part, by=member, at=NOW)
    other = make_measure(version)
    Part.objects.filter(pk=other.pk).update(measure_no=part.measure_no)
    structure.take_back(part_of(version, part.key), by=member, at=NOW)
    assert len({no for no, _ in numbers(version)}) == 2


def test_the_areas_move_as_one_chapter(version, member):
    structure.order_chapters(version, ["ch6", "ch1", "ch2", "ch3", "ch4", "ch5", "ch7"], by=member)
    keys = list(Part.objects.of(version).steps().values_list("key", flat=True))
    assert keys[:7] == [
        "basics",
        "ch6-online",
        "ch6-open-data",
        "ch6-mynumber",
        "ch6-divide",
        "ch6-standard",
        "ch1",
    ]
    assert keys[-1] == "appendix"


def test_numbers_begin_with_the_printed_number_of_the_chapter(version, member):
    structure.order_chapters(version, ["ch6", "ch1"], by=member)
    assert make_measure(version).measure_no == "1-①-01"


def test_a_free_chapter_stands_before_the_appendix(version, member):
    part = structure.add_free_chapter(version, "防災とデジタル", by=member)
    keys = list(Part.objects.of(version).steps().values_list("key", flat=True))
    assert keys[-2:] == [part.key, "appendix"]
    assert part_of(version, part.key).sheet is version.edition.free_chapter


def test_handing_in_twice_is_handing_in_once(version, member):
    part = part_of(version, "ch2")
    assert [structure.hand_in(part, by=member, at=NOW) for _ in range(2)] == [True, False]
    assert part_of(version, "ch2").state == State.DONE


def test_a_part_handed_in_can_be_taken_back(version, member):
    structure.hand_in(part_of(version, "ch2"), by=member, at=NOW)
    assert structure.take_in_hand_again(part_of(version, "ch2"), by=member)
    after = part_of(version, "ch2")
    assert (after.handed_in_at, after.state) == (None, State.STARTED)


def test_a_frozen_version_refuses_every_change_of_structure(version, member):
    part = make_measure(version)
    versions.freeze(version)
    for act in (
        lambda: make_measure(version),
        lambda: structure.delete(part, by=member, at=NOW),
        lambda: structure.renumber(version, by=member),
        lambda: structure.add_free_chapter(version, "章", by=member),
        lambda: structure.retitle(part, "題", by=member),
    ):
        with pytest.raises(Frozen):
            act()
    assert structure.hand_in(part, by=member, at=NOW) is False


def test_a_copied_version_has_the_same_content_and_the_source_is_frozen(version, member):
    fill(version, "ch2", {"vision": "待たせない町"}, by=member, as_typed={"purpose_ebpm": "？"})
    make_measure(version, title="施策", actions="・始める")
    copy = versions.copy_version(version, label="第2版", stage="final_draft", by=member, at=NOW)
    before, after = read.content_of(version), read.content_of(copy)
    assert after.parts == before.parts
    version.refresh_from_db()
    assert (version.is_frozen, copy.is_frozen, copy.number) == (True, False, 2)
    assert part_of(version, "ch2").is_frozen


def test_a_copied_plan_leaves_the_source_open(version, member):
    copy = versions.copy_as_plan(version, by=member, at=NOW)
    version.refresh_from_db()
    assert copy.plan_id != version.plan_id
    assert (version.is_frozen, copy.title) == (False, version.title)
    assert not Adoption.objects.filter(part__version=copy).exists()


def test_a_plan_of_any_size_is_read_in_three_queries(version, django_assert_max_num_queries):
    for _ in range(5):
        make_measure(version)
    with django_assert_max_num_queries(3):
        small = read.content_of(version)
    for _ in range(20):
        make_measure(version)
    with django_assert_max_num_queries(3):
        large = read.content_of(version)
    assert len(large.measures) - len(small.measures) == 20


def test_measures_are_read_after_their_area(version):
    make_measure(version, "standard", title="標準")
    make_measure(version, "online", title="申請")
    keys = [part.title if part.kind == "measure" else part.key for part in read.content_of(version).parts]
    assert keys[keys.index("ch6-online") + 1] == "申請"
    assert keys[keys.index("ch6-standard") + 1] == "標準"


@pytest.mark.parametrize(
    "act",
    [
        lambda part, member: structure.add_measure(part.version, "online", by=member, at=NOW),
        lambda part, member: structure.renumber(part.version, by=member),
        lambda part, member: structure.assign(part, None, by=member),
        lambda part, member: structure.hand_in(part, by=member, at=NOW),
        lambda part, member: versions.copy_as_plan(part.version, by=member, at=NOW),
    ],
    ids=["add", "renumber", "assign", "hand_in", "copy"],
)
def test_a_right_withdrawn_after_the_page_was_asked_changes_nothing(version, member, act):
    part = part_of(version, "ch2")
    Membership.objects.update(role=Role.VIEWER)
    with pytest.raises(Refused):
        act(part, member)
    assert PlanVersion.objects.get().structure_no == 1
    assert part_of(version, "ch2").edit_no == part.edit_no
