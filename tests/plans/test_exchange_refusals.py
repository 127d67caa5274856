"""A bad plan.json is refused whole, each fault with its path and, in Japanese, the reason."""

import base64
import hashlib
import json
import random
import re
from copy import deepcopy
from functools import reduce
from operator import getitem

import pytest
from django.apps import apps

from planwizard.accounts.models import Role
from planwizard.accounts.tenancy import TenantModel, acting_for
from planwizard.blueprint import plan_file
from planwizard.blueprint.plan_file import BadPlanFile
from planwizard.catalog.entries import Status
from planwizard.catalog.models import NationalMeasure
from planwizard.document.check import check
from planwizard.manuscript.compose import compose
from planwizard.plans import exchange
from planwizard.plans.models import Adoption
from tests.factories import NOW, make_user, member_for
from tests.manuscript import plans

GOOD = json.loads(plan_file.dumps(plan_file.to_json(plans.small(), {})))
MEASURE = next(at for at, part in enumerate(GOOD["parts"]) if part["kind"] == "measure")
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")
ENGLISH = re.compile("[A-Za-z]+ [A-Za-z]+ [a-z]+")  # a message of the parser's own
QUOTED = re.compile(r"（[^（）]*）|「[^」]*」")
NOT_A_PICTURE = b"GIF89a" + bytes(20)


def changed(change):
    """The good file with one thing changed."""
    tree = deepcopy(GOOD)
    change(tree)
    return json.dumps(tree).encode()


def put(*path, value):
    def change(tree):
        for step in path[:-1]:
            tree = tree[step]
        tree[path[-1]] = value

    return changed(change)


def asset(data, sha256=None):
    return {"sha256": sha256 or hashlib.sha256(data).hexdigest(), "data": base64.b64encode(data).decode()}


def refused(data):
    with pytest.raises(BadPlanFile) as refusal:
        plan_file.parse(data)
    problems = refusal.value.problems
    assert problems
    for problem in problems:
        assert problem.path
        assert len(problem.path) <= plan_file.MAX_PATH + 1
        str(problem).encode()  # what cannot be written would break the very page that tells of it
        assert JAPANESE.search(problem.message)
        assert not ENGLISH.search(QUOTED.sub("", problem.message))  # what the file says is its own
    return [problem.path for problem in problems]


WHOLE = json.dumps(GOOD).encode()
UNREADABLE = {
    "empty": b"",
    "truncated": WHOLE[: len(WHOLE) // 2],
    "one byte short": WHOLE[:-1],
    "something behind": WHOLE + b"x",
    "Shift_JIS": json.dumps(GOOD, ensure_ascii=False).encode("cp932", "ignore"),
    "UTF-16": json.dumps(GOOD).encode("utf-16"),
    "not UTF-8": WHOLE.replace(b"planwizard-plan", b"planwizard-\xff\xfe"),
    "NaN": WHOLE.replace(b'"position": 0', b'"position": NaN', 1),
    "Infinity": WHOLE.replace(b'"position": 0', b'"position": -Infinity', 1),
    "a name twice": WHOLE.replace(b'"format_version"', b'"format": "planwizard-plan", "format_version"', 1),
    "nested too deep": b"[" * 100_000,
    "nested too deep inside": WHOLE.replace(b'"position": 0', b'"position": ' + b'{"a":' * 50_000, 1),
    "a huge number": WHOLE.replace(b'"position": 0', b'"position": ' + b"9" * 100_000, 1),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "a Word file": b"PK\x03\x04" + bytes(100),
    "21 MB": b'{"format": "planwizard-plan", "x": "' + b"a" * 21 * 2**20 + b'"}',
}


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_is_no_plan_json_is_refused(data):
    refused(data)


@pytest.mark.parametrize("top", [[], "plan", 1, None, True, {}])
def test_what_has_another_shape_is_refused(top):
    assert "format" in refused(json.dumps(top).encode())


FAULTS = {
    "another format": (put("format", value="other"), "format"),
    "a newer format": (put("format_version", value=2), "format"),
    "a foreign edition": (put("blueprint_edition", value="prefectural-2019-10"), "blueprint_edition"),
    "an edition of a wrong type": (put("blueprint_edition", value=["municipal-2019-10"]), "blueprint_edition"),
    "version is a list": (put("version", value=[]), "version"),
    "no version": (changed(lambda tree: tree.pop("version")), "version"),
    "an unknown stage": (put("version", "stage", value="decided"), "version.stage"),
    "a stage of a wrong type": (put("version", "stage", value={"a": 1}), "version.stage"),
    "a label of a wrong type": (put("version", "version_label", value=3), "version.version_label"),
    "a label too long": (put("version", "version_label", value="版" * 41), "version.version_label"),
    "unknown in version": (put("version", "frozen", value=True), "version.frozen"),
    "unknown at the top": (put("accounts", value=[]), "accounts"),
    "departments is a mapping": (put("departments", value={}), "departments"),
    "a department is a string": (put("departments", 0, value="課"), "departments[0]"),
    "a department without a name": (put("departments", 0, "name", value=""), "departments[0].name"),
    "a department's bad key": (put("departments", 0, "key", value="../../etc"), "departments[0].key"),
    "parts is a mapping": (put("parts", value={}), "parts"),
    "parts is a number": (put("parts", value=7), "parts"),
    "no parts": (put("parts", value=[]), "parts"),
    "too many parts": (put("parts", value=[GOOD["parts"][0]] * 1001), "parts"),
    "a part is null": (put("parts", 0, value=None), "parts[0]"),
    "an unknown kind": (put("parts", 0, "kind", value="user"), "parts[0].kind"),
    "an unknown part": (put("parts", 1, "key", value="ch99"), "parts[1].key"),
    "a key twice": (put("parts", 2, "key", value=GOOD["parts"][1]["key"]), "parts[2].key"),
    "a measure number twice": (
        changed(lambda tree: [part.update(measure_no="6-①-01") for part in tree["parts"] if part["kind"] == "measure"]),
        None,
    ),
    "a measure without a number": (put("parts", MEASURE, "measure_no", value=""), f"parts[{MEASURE}].measure_no"),
    "an unknown pillar": (put("parts", MEASURE, "pillar", value="sky"), f"parts[{MEASURE}].key"),
    "a title of a wrong type": (put("parts", 1, "title", value=["章"]), "parts[1].title"),
    "a title too long": (put("parts", 1, "title", value="章" * 201), "parts[1].title"),
    "a position that is text": (put("parts", 1, "position", value="1"), "parts[1].position"),
    "a position that is a truth": (put("parts", 1, "position", value=True), "parts[1].position"),
    "a position below nothing": (put("parts", 1, "position", value=-1), "parts[1].position"),
    "a column that is no content": (put("parts", 1, "edit_no", value=3), "parts[1].edit_no"),
    "values is a list": (put("parts", 1, "values", value=[]), "parts[1].values"),
    "an unknown field": (put("parts", 0, "values", "no_such", value="a"), "parts[0].values.no_such"),
    "an unknown option": (put("parts", 0, "values", "plan_type", value="secret"), "parts[0].values.plan_type"),
    "an option of a wrong type": (put("parts", 0, "values", "plan_type", value={"a": []}), "parts[0].values.plan_type"),
    "a year as text": (put("parts", 0, "values", "period_start_fy", value="2026"), "parts[0].values.period_start_fy"),
    "a year as a fraction": (put("parts", 0, "values", "period_start_fy", value=2026.5), "parts[0].values.period_start_fy"),
    "a text as a number": (put("parts", 0, "values", "plan_title", value=5), "parts[0].values.plan_title"),
    "rows that are a text": (put("parts", MEASURE, "values", "kpis", value="k000000001"), f"parts[{MEASURE}].values.kpis"),
    "rows with a bad key": (put("parts", MEASURE, "values", "kpis", value=["../.."]), f"parts[{MEASURE}].values.kpis"),
    "rows twice": (put("parts", MEASURE, "values", "kpis", value=["k000000001"] * 2), f"parts[{MEASURE}].values.kpis"),
    "rows of lists": (put("parts", MEASURE, "values", "kpis", value=[["a"]]), f"parts[{MEASURE}].values.kpis"),
    "as typed is a list": (put("parts", 0, "as_typed", value=["約"]), "parts[0].as_typed"),
    "as typed holds a number": (put("parts", 0, "as_typed", value={"plan_title": 5}), "parts[0].as_typed.plan_title"),
    "as typed of no field": (put("parts", 0, "as_typed", value={"no_such": "約"}), "parts[0].as_typed.no_such"),
    "adoptions is a text": (put("parts", MEASURE, "adoptions", value="a"), f"parts[{MEASURE}].adoptions"),
    "an adoption is a text": (put("parts", MEASURE, "adoptions", value=["a"]), f"parts[{MEASURE}].adoptions[0]"),
    "an adoption with more": (
        put("parts", MEASURE, "adoptions", 0, "author", value="x"),
        f"parts[{MEASURE}].adoptions[0].author",
    ),
    "an adoption of a wrong type": (
        put("parts", MEASURE, "adoptions", 0, "wording", value=1),
        f"parts[{MEASURE}].adoptions[0].wording",
    ),
    "an adoption twice": (
        changed(lambda tree: tree["parts"][MEASURE]["adoptions"].append(tree["parts"][MEASURE]["adoptions"][0])),
        f"parts[{MEASURE}].adoptions[1].code",
    ),
    "an adoption of nothing": (put("parts", MEASURE, "adoptions", 0, value={}), f"parts[{MEASURE}].adoptions[0].code"),
    "an adoption without a title": (
        put("parts", MEASURE, "adoptions", 0, "title", value=" "),
        f"parts[{MEASURE}].adoptions[0].title",
    ),
    "an adoption in an unknown state": (
        put("parts", MEASURE, "adoptions", 0, "status", value="decided"),
        f"parts[{MEASURE}].adoptions[0].status",
    ),
    "an adoption's title too long": (
        put("parts", MEASURE, "adoptions", 0, "title", value="題" * 301),
        f"parts[{MEASURE}].adoptions[0].title",
    ),
    "an adoption by a chapter": (
        changed(lambda tree: tree["parts"][1].update(adoptions=tree["parts"][MEASURE]["adoptions"])),
        "parts[1].adoptions[0]",
    ),
    "a department that is not in the file": (put("parts", 1, "department", value="z" * 10), "departments"),
    "assets is a mapping": (put("assets", value={"a": "b"}), "assets"),
    "an asset that is not base64": (put("assets", value=[{"sha256": "a" * 64, "data": "＊"}]), "assets[0].data"),
    "an asset under a wrong hash": (put("assets", value=[asset(NOT_A_PICTURE, "0" * 64)]), "assets[0].data"),
    "more than 10 MB of assets": (put("assets", value=[asset(bytes(11 * 2**20))]), "assets"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "path"), FAULTS.values(), ids=FAULTS.keys())
def test_each_fault_is_named_by_its_path(data, path):
    found = refused(data)
    assert path is None or path in found


NAMES = {"a lone surrogate": "\ud800", "a control character": "\x00", "a long name": "a" * 100_000}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
@pytest.mark.parametrize(
    "where", ["", "parts.1", "parts.1.values", "parts.1.as_typed", f"parts.{MEASURE}.adoptions.0"]
)
def test_a_name_that_cannot_be_shown_is_told_as_far_as_it_can(where, name):
    def change(tree):
        for step in filter(None, where.split(".")):
            tree = tree[int(step) if step.isdigit() else step]
        tree[name] = "x"

    refused(changed(change))


def test_a_citation_that_is_taken_fits_its_columns():
    columns = {name: Adoption._meta.get_field(name) for name in plan_file.ADOPTION_LENGTHS}
    assert {name: column.max_length for name, column in columns.items()} == plan_file.ADOPTION_LENGTHS
    assert list(plan_file.ADOPTION_CHOICES["title_kind"]) == NationalMeasure.TitleKind.values
    assert list(plan_file.ADOPTION_CHOICES["status"]) == Status.values


def test_the_good_file_is_good():
    assert plan_file.parse(WHOLE).content.basics.text("plan_title")


def test_all_faults_are_told_at_once_but_not_without_end():
    many = changed(lambda tree: tree["parts"][0]["values"].update({f"no_such_{n}": "a" for n in range(200)}))
    assert len(refused(many)) == plan_file.MAX_PROBLEMS


# What may stand anywhere in a file that somebody edited by hand
STRAY = [
    "", " ", "\n", "0", "-1", "約70", "2026", "2026-02-30", "１", "yes", True, None, 0, -1, 2026, 2101, 10**15, 1.5, 1e308,
    [], {}, [""], ["k000000001"], "k000000001", "basics", "online", "題" * 300, "〔参照：ch1〕", "■", "a\tb\nc", "🎌", "\ue000",
]  # fmt: skip


def places(tree, path=()):
    yield path
    for step in tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ():
        yield from places(tree[step], (*path, step))


def strayed(chance):
    """The good file with one thing exchanged, taken from elsewhere in it, or left out."""
    path = chance.choice([path for path in places(GOOD) if path])
    tree = deepcopy(GOOD)
    holder = reduce(getitem, path[:-1], tree)
    act = chance.choice(["exchange", "exchange", "take", "leave out"])
    if act == "leave out":
        del holder[path[-1]]
    else:
        found = reduce(getitem, chance.choice(list(places(GOOD))), GOOD)
        holder[path[-1]] = deepcopy(found) if act == "take" else chance.choice(STRAY)
    return json.dumps(tree).encode()


@pytest.mark.parametrize(
    "seed", [*range(8), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(8, 80))]
)
def test_a_file_with_something_astray_is_refused_in_words_or_is_a_sound_plan(seed):
    chance = random.Random(seed)  # noqa: S311 (no secret)
    for _ in range(25):
        data = strayed(chance)
        try:
            content = plan_file.parse(data).content
        except BadPlanFile:
            refused(data)
        else:
            assert check(compose(content)) == []
            assert plan_file.parse(plan_file.dumps(plan_file.to_json(content, {})).encode())


def rows():
    """How many rows each table of the towns has."""
    return {model: model.objects.count() for model in apps.get_models() if issubclass(model, TenantModel)}


@pytest.mark.django_db
@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("data", "path"),
    [
        (FAULTS["an unknown option"][0], "parts[0].values.plan_type"),
        (UNREADABLE["nested too deep"], "ファイル"),
        (UNREADABLE["21 MB"], "ファイル"),
        (put("assets", value=[asset(NOT_A_PICTURE)]), "assets[0].data"),  # found only when it is drawn anew
    ],
    ids=["a fault", "nested too deep", "21 MB", "not a picture"],
)
def test_nothing_of_a_bad_file_is_kept(data, path):
    member = member_for(make_user(Role.SECRETARIAT))
    with acting_for(member.municipality):
        before = rows()
        with pytest.raises(BadPlanFile) as refusal:
            exchange.load(data, by=member, at=NOW)
        assert refusal.value.problems[0].path == path
        assert rows() == before
