"""The arrows of docs/architecture.md, read from the code itself. There is no list of exceptions."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RANKS = (
    {"common"},
    {"blueprint", "document"},
    {"wording"},
    {"manuscript", "rules"},
    {"web"},
    {"accounts"},
    {"catalog"},
    {"plans"},
    {"compliance"},
    {"exports"},
    {"wizard"},
    {"urls"},
)
RANK = {package: rank for rank, packages in enumerate(RANKS) for package in packages}
KNOWLEDGE = {"common", "blueprint", "document", "manuscript", "rules", "wording"}
# Plain helpers for strings and HTML; everything else of Django knows a setting, a request or a row.
PLAIN_DJANGO = ("django.utils.html", "django.utils.safestring")
SCREENS = {"views", "forms", "urls", "admin"}
# Who may look beyond the active municipality (security: a leak must need two mistakes).
BEYOND_ONE_TOWN = {
    "accounts/member.py",  # sign-in: which towns a person belongs to
    "accounts/people.py",  # whether a person belongs to other towns too
    "accounts/tenancy.py",  # the rule itself
    "accounts/models.py",
    "exports/reaping.py",  # lost jobs and old files of all towns
    "plans/usage.py",  # how many towns use an entry of the catalogue: numbers only
    "web/doctor.py",
    "web/dumps.py",  # a backup holds all towns
}
RAW_SQL = {"raw", "cursor", "extra", "RawSQL"}

MODULES = [
    path
    for path in sorted((ROOT / "planwizard").rglob("*.py"))
    if "migrations" not in path.parts and len(path.relative_to(ROOT).parts) > 2
]
every_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))


def imports(path: Path) -> Iterator[str]:
    """Dotted names of what a module imports, wherever in it: ``planwizard.plans.models.Part``."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{_origin(node, path)}.{alias.name}" for alias in node.names)


def _origin(node: ast.ImportFrom, path: Path) -> str:
    if not node.level:
        return node.module or ""
    here = path.relative_to(ROOT).with_suffix("").parts[: -node.level]
    return ".".join([*here, *filter(None, [node.module])])


def own(path: Path) -> Iterator[tuple[str, ...]]:
    """What a module imports from us, as parts below ``planwizard``."""
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "planwizard" and parts[1:] != ["__version__"]:
            yield tuple(parts[1:])


def package_of(path: Path) -> str:
    return path.relative_to(ROOT / "planwizard").parts[0]


def test_every_package_has_its_place():
    packages = {path.parent.name for path in (ROOT / "planwizard").glob("*/__init__.py")}
    assert packages == set(RANK) - {"urls"}


@every_module
def test_a_package_imports_itself_or_a_lower_one(path):
    package = package_of(path)
    wrong = {
        ".".join(parts)
        for parts in own(path)
        if parts[0] != package and RANK.get(parts[0], len(RANKS)) >= RANK[package]
    }
    assert not wrong


@every_module
def test_models_and_verbs_import_no_views_or_forms(path):
    if SCREENS & set(path.relative_to(ROOT / "planwizard").with_suffix("").parts[1:]):
        return
    wrong = {".".join(parts) for parts in own(path) if {"views", "forms"} & set(parts[1:])}
    assert not wrong


@every_module
def test_knowledge_knows_no_row_request_or_setting(path):
    if package_of(path) not in KNOWLEDGE:
        return
    wrong = {
        name for name in imports(path) if name.split(".")[0] == "django" and not name.startswith(PLAIN_DJANGO)
    }
    assert not wrong


@every_module
def test_only_named_files_look_beyond_one_town(path):
    if package_of(path) in KNOWLEDGE or str(path.relative_to(ROOT / "planwizard")) in BEYOND_ONE_TOWN:
        return
    wrong = {
        node.attr
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in {"all_municipalities", *RAW_SQL}
    }
    assert not wrong


def test_the_settings_alone_read_the_environment():
    readers = {
        str(path.relative_to(ROOT / "planwizard"))
        for path in (ROOT / "planwizard").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    }
    # dumps.py hands the environment on to PostgreSQL's programs, wsgi.py names the settings.
    assert readers == {"settings.py", "wsgi.py", "web/dumps.py"}
