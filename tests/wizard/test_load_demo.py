"""load_demo: the two invented towns, their people and their plans."""

import json
import re
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.urls import reverse

from planwizard.accounts.models import DepartmentSeat, Membership, Municipality, Role, User
from planwizard.accounts.tenancy import acting_for
from planwizard.catalog.models import NationalMeasure
from planwizard.plans import exchange, structure
from planwizard.plans.models import Adoption, Edit, Part, PlanVersion
from planwizard.wizard import demo
from planwizard.wizard.tasks import map_of
from tests.factories import client_of, make_user, member_for

pytestmark = pytest.mark.django_db
SIGN_IN = re.compile(r"(?P<town>\S+) (?P<role>\S+) 利用者ID (?P<username>\S+) パスワード (?P<password>\S+)")


@pytest.fixture(autouse=True)
def accounts_file(settings, tmp_path):
    settings.DEMO_ACCOUNTS_FILE = tmp_path / "demo_accounts.json"
    return settings.DEMO_ACCOUNTS_FILE


def load_demo() -> list[str]:
    out = StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue().splitlines()


def sign_ins(lines: list[str]) -> list[dict[str, str]]:
    return [found.groupdict() for line in lines if (found := SIGN_IN.fullmatch(line))]


def town(code: str) -> Municipality:
    return Municipality.objects.get(code=code)


def test_one_line_for_each_plan_with_潮見野市_first():
    lines = load_demo()
    with acting_for(town("992011")):
        first = PlanVersion.objects.get()
    with acting_for(town("993018")):
        second = PlanVersion.objects.get()
    assert lines[0] == f"{first.pk} 潮見野市 {first.title}"
    assert lines[1] == f"{second.pk} 磯波町 {second.title}"
    assert len(lines) == 2 + len(sign_ins(lines))


def test_the_plan_of_潮見野市_is_the_final_draft_of_its_first_version():
    load_demo()
    with acting_for(town("992011")):
        version = PlanVersion.objects.get()
    assert (version.stage, version.version_label) == ("final_draft", "第1版")
    assert (version.period_start_fy, version.period_end_fy) == (2026, 2030)


def test_an_empty_catalogue_is_filled_and_every_adoption_is_tied_to_it():
    load_demo()
    assert NationalMeasure.objects.exists()
    for code in ("992011", "993018"):
        with acting_for(town(code)):
            assert Adoption.objects.exists()
            assert not Adoption.objects.filter(national_measure=None).exists()


def test_a_second_run_prints_the_same_and_changes_nothing():
    first = load_demo()
    before = _everything()
    assert load_demo() == first
    assert _everything() == before


def _everything() -> list:
    found = [list(User.objects.order_by("pk").values())]
    for code in ("992011", "993018"):
        with acting_for(town(code)):
            found += [list(Model.objects.order_by("pk").values()) for Model in (PlanVersion, Part, Edit)]
            found += [list(Model.objects.order_by("pk").values()) for Model in (Membership, DepartmentSeat)]
    return found


def test_every_part_of_潮見野市_is_called_done_and_none_of_磯波町():
    load_demo()
    states = {}
    for code in ("992011", "993018"):
        with acting_for(town(code)):
            tasks = map_of(PlanVersion.objects.get(), User.objects.first().pk).stretches
            shown = [task for stretch in tasks for task in stretch.tasks]
            shown += [
                task for stretch in tasks for area in stretch.areas for task in (area.task, *area.sheets)
            ]
            states[code] = {task.state for task in shown}
    assert states["992011"] == {"done"}
    assert "done" not in states["993018"]


def test_a_part_that_was_taken_up_again_is_not_called_done_by_the_demo():
    load_demo()
    with acting_for(town("992011")):
        version = PlanVersion.objects.select_related("municipality").get()
        part = Part.objects.of(version).get(key="ch2")
        structure.take_in_hand_again(part, by=member_for(version.created_by))
    load_demo()
    with acting_for(town("992011")):
        part.refresh_from_db()
    assert part.state == "started"


def test_a_plan_whose_title_was_changed_is_not_made_again():
    load_demo()
    with acting_for(town("992011")):
        PlanVersion.objects.update(title="別の名の計画")
    assert load_demo()[0].endswith("潮見野市 別の名の計画")


def test_every_role_can_sign_in_with_the_printed_password():
    found = sign_ins(load_demo())
    assert [each["role"] for each in found if each["town"] == "潮見野市"] == [
        Role.SECRETARIAT.label,
        Role.DRAFTER.label,
        Role.VIEWER.label,
        Role.TOWN_ADMIN.label,
        Role.OPERATOR.label,
    ]
    assert [each["role"] for each in found if each["town"] == "磯波町"] == [
        Role.SECRETARIAT.label,
        Role.DRAFTER.label,
    ]
    assert all(User.objects.get(username=each["username"]).check_password(each["password"]) for each in found)
    assert authenticate(username=found[0]["username"], password=found[0]["password"])


def test_demo_accounts_are_marked_and_their_passwords_differ():
    found = sign_ins(load_demo())
    assert not User.objects.filter(is_demo=False).exists()
    assert len({each["password"] for each in found}) == len(found)


def test_the_start_page_says_that_the_plans_of_such_a_town_are_samples(look):
    load_demo()
    told = "磯波町は架空の市町村です。はじめから入っている計画は見本で、書き換えて試せます。"
    assert (
        told in look(client_of(User.objects.get(username="isonami-jimukyoku")), reverse("wizard:start")).words
    )
    someone = make_user(Role.SECRETARIAT, municipality=town("993018"))
    assert "架空" not in look(client_of(someone), reverse("wizard:start")).words


def test_the_passwords_are_kept_where_only_the_owner_reads_them(accounts_file):
    found = sign_ins(load_demo())
    assert json.loads(accounts_file.read_text()) == found
    assert accounts_file.stat().st_mode & 0o777 == 0o600


def test_a_lost_password_file_gives_the_accounts_new_passwords(accounts_file):
    before = sign_ins(load_demo())
    accounts_file.unlink()
    after = sign_ins(load_demo())
    assert [each["username"] for each in after] == [each["username"] for each in before]
    assert User.objects.get(username=after[0]["username"]).check_password(after[0]["password"])


@pytest.mark.parametrize("code", ["992011", "993018"])
def test_the_drafter_has_measures_of_the_own_department(code):
    load_demo()
    with acting_for(town(code)):
        seat = DepartmentSeat.objects.get(membership__role=Role.DRAFTER)
        assert Part.objects.measures().filter(department=seat.department).exists()


@pytest.mark.parametrize(("code", "name"), [("992011", "shiomino"), ("993018", "isonami")])
def test_what_was_loaded_goes_out_again_as_the_same_file(code, name):
    """But for the order of departments and answers, which a file may choose."""
    load_demo()
    with acting_for(town(code)):
        again = exchange.to_json(PlanVersion.objects.get())
    file = json.loads((demo.TOWNS[0].file.parent / f"{name}.json").read_text())
    for each in (again, file):
        each["departments"].sort(key=lambda row: row["key"])
        each["citations"].sort(key=lambda row: (row["to"], row["key"]))
        each["parts"].sort(key=lambda part: part["key"])
    assert again == file
