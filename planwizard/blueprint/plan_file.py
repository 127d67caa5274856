"""plan.json: a whole plan in one file, as content and not as acts (no accounts, edits, jobs or confirmations).

``docs/plan.schema.json`` describes the file. Writing what was read gives an equal file.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, NoReturn

from planwizard.blueprint.content import AdoptionContent, PartContent, PlanContent, Value
from planwizard.blueprint.edition import Edition, UnknownEdition, edition
from planwizard.blueprint.kinds import Reference, Sheet
from planwizard.blueprint.values import check, walk
from planwizard.common.keys import is_key
from planwizard.common.limits import limit_process
from planwizard.common.text import changed_count, clean, one_line

FORMAT, FORMAT_VERSION = "planwizard-plan", 1
STAGES = ("outline", "draft", "final_draft", "amendment")
PART_KINDS = ("basics", "chapter", "area", "measure", "appendix")
# Answers that stand beside ``values``: in the part itself, or in the file's municipality.
BESIDE_VALUES: Mapping[str, tuple[str, ...]] = {
    "measure": ("title", "pillar", "measure_no", "department"),
    "basics": ("municipality_code", "municipality_name", "prefecture_name"),
}
MAX_BYTES = 20 * 2**20
MAX_ASSET_BYTES = 10 * 2**20  # pictures together, before base64
MAX_PARTS = 1000
MAX_PROBLEMS = 50
MAX_DIGITS = 20
MAX_PATH = 200  # characters of a path that are repeated in a problem
# What a citation must hold, and how long its pieces are here (the columns of plans.models.Adoption).
ADOPTION_REQUIRED = ("edition_code", "code", "title")
ADOPTION_LENGTHS: Mapping[str, int] = {"edition_code": 40, "code": 40, "title": 300, "ministry": 200}
ADOPTION_CHOICES: Mapping[str, tuple[str, ...]] = {
    "title_kind": ("official", "descriptive"),
    "status": ("current", "superseded", "unknown"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Where in the file (``parts[3].values.population``) and, in Japanese, what is wrong."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}：{self.message}"


class BadPlanFile(ValueError):
    """The file is refused whole. ``problems`` says why, up to MAX_PROBLEMS."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class PlanFile:
    """What a plan.json holds. ``content.names["department"]`` names the departments that the answers cite."""

    content: PlanContent
    assets: Mapping[str, bytes] = field(default_factory=dict)  # {sha256: PNG or JPEG}
    cleaned: tuple[tuple[str, int], ...] = ()  # path, number of characters taken out or joined


# Writing


def to_json(content: PlanContent, assets: Mapping[str, bytes]) -> dict[str, Any]:
    """The file as plain JSON values. ``assets`` are the pictures that the answers cite."""
    basics = content.basics
    cited = dict(_cited(content))
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "blueprint_edition": content.edition,
        "municipality": {
            "code": basics.text("municipality_code"),
            "name": basics.text("municipality_name"),
            "prefecture": basics.text("prefecture_name"),
        },
        "plan": {"title": basics.text("plan_title")},
        "version": {"stage": content.stage, "version_label": content.version_label},
        "departments": [
            {"key": key, "name": content.name_of(to, key)} for to, key in sorted(cited) if to == "department"
        ],
        "parts": [_part_to_json(part) for part in content.parts],
        "assets": [
            {"sha256": sha256, "data": base64.b64encode(data).decode()}
            for sha256, data in sorted(assets.items())
        ],
        "citations": [
            {"to": to, "key": key, "name": content.name_of(to, key)}
            for to, key in sorted(cited)
            if to in _CITED
        ],
    }


_CITED = ("law", "national_document", "national_measure")


def dumps(data: Mapping[str, Any]) -> str:
    """The file's text: readable, one answer a line, the same for the same plan."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _part_to_json(part: PartContent) -> dict[str, Any]:
    beside = BESIDE_VALUES.get(part.kind, ())
    return {
        "key": part.key,
        "kind": part.kind,
        "title": part.title,
        "position": part.position,
        "pillar": part.pillar,
        "measure_no": part.measure_no,
        "department": part.department,
        "values": {path: value for path, value in sorted(part.values.items()) if path not in beside},
        "as_typed": dict(sorted(part.as_typed.items())),
        "adoptions": [asdict(adoption) for adoption in part.adoptions],
    }


def _cited(content: PlanContent) -> Iterator[tuple[tuple[str, str], None]]:
    """Each (kind, key) that an answer points to and that has a name."""
    blueprint = edition(content.edition)
    for part in content.parts:
        sheet = blueprint.sheet_for(part.kind, part.key, part.pillar)
        keys = [("department", part.department)]
        for _, found, value in walk(sheet.fields, part.values):
            if isinstance(found, Reference):
                keys += [(found.to, key) for key in (value if isinstance(value, list) else [str(value)])]
        yield from (((to, key), None) for to, key in keys if content.name_of(to, key))


# Reading


def parse(data: bytes) -> PlanFile:
    """Read a file. Raises BadPlanFile with every problem found."""
    if len(data) > MAX_BYTES:
        _refuse("ファイル", "20MBまでのファイルを選んでください。")
    try:
        tree = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_no_doubles,
            parse_constant=_no_constant,
            parse_int=_no_huge,
        )
    except UnicodeDecodeError:
        _refuse(
            "ファイル",
            "UTF-8 の JSON ファイルではありません。planwizard で書き出した plan.json を選んでください。",
        )
    except json.JSONDecodeError as error:
        _refuse(f"{error.lineno}行目", "JSON として読めません。書き出したままの plan.json を選んでください。")
    except RecursionError:
        _refuse("ファイル", "入れ子が深すぎて読めません。書き出したままの plan.json を選んでください。")
    except ValueError as error:
        _refuse(
            "ファイル", f"JSON として読めません（{error}）。書き出したままの plan.json を選んでください。"
        )
    return _Reader().file(tree)


def _refuse(path: str, message: str) -> NoReturn:
    raise BadPlanFile([Problem(path, message)])


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("同じ名の項目が二つあります")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} は使えません")


def _no_huge(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError(f"{MAX_DIGITS}桁を超える数があります")
    return int(digits)


class _Reader:
    """Walks the JSON values and gathers what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.cleaned: list[tuple[str, int]] = []

    def file(self, tree: object) -> PlanFile:
        top = self.object(tree, "ファイル")
        if top.get("format") != FORMAT or top.get("format_version") != FORMAT_VERSION:
            _refuse("format", f"planwizard の plan.json（{FORMAT}、版 {FORMAT_VERSION}）ではありません。")
        blueprint = self.edition(top)
        version = self.object(top.get("version"), "version")
        parts = tuple(self.parts(top, blueprint))
        departments = self.departments(top)
        self.given_to(parts, departments)
        content = PlanContent(
            edition=blueprint.code,
            identifier="",
            stage=self.one_of(version, "stage", "version", STAGES),
            version_label=self.line(version, "version_label", "version", 40),
            modified=datetime.fromtimestamp(0, UTC),
            parts=parts,
            names={"department": departments},
        )
        assets = self.assets(top)
        self.unknown(version, "version", {"stage", "version_label"})
        self.unknown(top, "", {"plan", "municipality", "citations", *_TOP})
        if self.problems:
            raise BadPlanFile(self.problems[:MAX_PROBLEMS])
        return PlanFile(content, assets, tuple(self.cleaned))

    def edition(self, top: Mapping[str, Any]) -> Edition:
        try:
            return edition(str(top.get("blueprint_edition")))
        except UnknownEdition:
            _refuse("blueprint_edition", "この雛型の版は扱えません。")

    def departments(self, top: Mapping[str, Any]) -> dict[str, str]:
        found: dict[str, str] = {}
        for path, item in self.items(top, "departments"):
            key = self.key(item, path)
            found[key] = self.line(item, "name", path, 60, required=True)
        return found

    def given_to(self, parts: Sequence[PartContent], departments: Mapping[str, str]) -> None:
        """A part's department must be one of the file's: else it would be lost without a word."""
        for part in parts:
            if part.department and part.department not in departments:
                self.wrong("departments", f"「{part.key}」の担当「{part.department}」が書かれていません。")

    def parts(self, top: Mapping[str, Any], blueprint: Edition) -> Iterator[PartContent]:
        seen: set[str] = set()
        numbers: set[str] = set()
        for path, item in self.items(top, "parts", most=MAX_PARTS):
            part = self.part(item, path, blueprint)
            if part is None:
                continue
            if part.key in seen:
                self.wrong(f"{path}.key", f"「{part.key}」が二つあります。")
            if part.kind == "measure" and part.measure_no in numbers:
                self.wrong(f"{path}.measure_no", f"施策番号「{part.measure_no}」が二つあります。")
            seen.add(part.key)
            numbers.add(part.measure_no)
            yield part
        if "basics" not in seen:
            self.wrong("parts", "基本情報（basics）がありません。")

    def part(self, item: dict[str, Any], path: str, blueprint: Edition) -> PartContent | None:
        kind = self.one_of(item, "kind", path, PART_KINDS)
        key = self.line(item, "key", path, 16, required=True)
        pillar = self.line(item, "pillar", path, 20) or _pillar_of_area(blueprint, key)
        sheet = _sheet(blueprint, kind, key, pillar)
        if sheet is None:
            self.wrong(f"{path}.key", f"雛型にない部分です（{kind}、{key}、{pillar or '柱なし'}）。")
            return None
        self.unknown(item, path, _PART)
        part = PartContent(
            key=key,
            kind=kind,
            title=self.title(item, path, kind),
            position=self.place(item, path),
            values=self.values(item, path),
            as_typed=self.as_typed(item, path),
            pillar=pillar,
            measure_no=self.line(item, "measure_no", path, 20, required=kind == "measure"),
            department=self.line(item, "department", path, 10),
            adoptions=self.adoptions(item, path, kind),
        )
        # A measure that was moved keeps the answers of its former area: they print again if it moves back.
        others = [other for other in blueprint.measures.values() if kind == "measure" and other is not sheet]
        self.answers(part, path, [sheet, *others])
        return part

    def values(self, item: dict[str, Any], path: str) -> dict[str, Value]:
        raw = self.object(item.get("values", {}), f"{path}.values")
        return {str(at): self.value(value, f"{path}.values.{at}") for at, value in raw.items()}

    def as_typed(self, item: dict[str, Any], path: str) -> dict[str, str]:
        raw = self.object(item.get("as_typed", {}), f"{path}.as_typed")
        for at, text in raw.items():
            if not isinstance(text, str):
                self.wrong(f"{path}.as_typed.{at}", "文字列で書いてください。")
        return {
            str(at): self.clean(text, f"{path}.as_typed.{at}")
            for at, text in raw.items()
            if isinstance(text, str)
        }

    def answers(self, part: PartContent, path: str, sheets: Sequence[Sheet]) -> None:
        """Every answer must be right for one of the sheets; what is wrong is said as of the first."""
        wrong = dict(check(sheets[0], part.values, part.as_typed))
        for sheet in sheets[1:]:
            if wrong:
                still = dict(check(sheet, part.values, part.as_typed))
                wrong = {at: message for at, message in wrong.items() if at in still}
        for at, message in wrong.items():
            self.wrong(f"{path}.{'values' if at in part.values else 'as_typed'}.{at}", message)

    def title(self, item: Mapping[str, Any], path: str, kind: str) -> str:
        """A measure's title is an answer, and too long an answer is not wrong; a chapter's is a column."""
        return (
            one_line(self.text(item, "title", path))
            if kind == "measure"
            else self.line(item, "title", path, 200)
        )

    def adoptions(self, item: dict[str, Any], path: str, kind: str) -> tuple[AdoptionContent, ...]:
        found: dict[tuple[str, str], AdoptionContent] = {}
        for at, piece in self.items(item, "adoptions", path):
            adoption = self.adoption(piece, at)
            if kind != "measure":
                self.wrong(at, "国の施策を採用できるのは施策だけです。")
            if (adoption.edition_code, adoption.code) in found:
                self.wrong(f"{at}.code", f"「{adoption.edition_code}/{adoption.code}」が二つあります。")
            found[adoption.edition_code, adoption.code] = adoption
        return tuple(found.values())

    def adoption(self, item: dict[str, Any], path: str) -> AdoptionContent:
        self.unknown(item, path, set(_ADOPTION))
        long = [name for name in _ADOPTION if name not in {*ADOPTION_LENGTHS, *ADOPTION_CHOICES}]
        texts = {name: self.text(item, name, path) for name in long}
        for name, most in ADOPTION_LENGTHS.items():
            texts[name] = self.line(item, name, path, most, required=name in ADOPTION_REQUIRED)
        for name, allowed in ADOPTION_CHOICES.items():
            texts[name] = self.one_of(item, name, path, allowed)
        return AdoptionContent(**texts)

    def assets(self, top: Mapping[str, Any]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for path, item in self.items(top, "assets"):
            sha256 = self.line(item, "sha256", path, 64, required=True)
            data = self.base64(item, path)
            if data and hashlib.sha256(data).hexdigest() != sha256:
                self.wrong(f"{path}.data", "画像の中身が sha256 と合いません。ファイルが壊れています。")
            found[sha256] = data
        if sum(map(len, found.values())) > MAX_ASSET_BYTES:
            self.wrong("assets", "画像は合わせて10MBまでです。")
        return found

    # Pieces

    def clean(self, text: str, path: str) -> str:
        """As every text from outside, what had to go noted: nothing changes silently."""
        fit = clean(text)
        if gone := changed_count(text, fit):
            self.cleaned.append((path, gone))
        return fit

    def value(self, value: Any, path: str) -> Any:
        if isinstance(value, str):
            return self.clean(value, path)
        if isinstance(value, list):
            return [self.clean(item, path) if isinstance(item, str) else item for item in value]
        return value

    def wrong(self, path: str, message: str) -> None:
        """Paths hold names from the file: they too are cleaned before anybody is shown them."""
        if len(self.problems) <= MAX_PROBLEMS:
            shown = one_line(path)
            shown = shown if len(shown) <= MAX_PATH else f"{shown[:MAX_PATH]}…"
            self.problems.append(Problem(shown or "ファイル", message))

    def object(self, value: object, path: str) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        self.wrong(path, "{ } の形で書いてください。")
        return {}

    def items(
        self, holder: Mapping[str, Any], name: str, path: str = "", most: int = 5000
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        at = f"{path}.{name}" if path else name
        value = holder.get(name, [])
        if not isinstance(value, list) or len(value) > most:
            self.wrong(at, f"[ ] の形で、{most}件までで書いてください。")
            return
        for index, item in enumerate(value):
            yield f"{at}[{index}]", self.object(item, f"{at}[{index}]")

    def text(self, holder: Mapping[str, Any], name: str, path: str) -> str:
        value = holder.get(name, "")
        if isinstance(value, str):
            return self.clean(value, f"{path}.{name}")
        self.wrong(f"{path}.{name}", "文字列で書いてください。")
        return ""

    def line(
        self, holder: Mapping[str, Any], name: str, path: str, max_chars: int, *, required: bool = False
    ) -> str:
        value = one_line(self.text(holder, name, path))
        if len(value) > max_chars:
            self.wrong(f"{path}.{name}", f"{max_chars}文字までで書いてください。")
        elif required and not value:
            self.wrong(f"{path}.{name}", "書かれていません。")
        return value[:max_chars]

    def key(self, holder: Mapping[str, Any], path: str) -> str:
        value = self.line(holder, "key", path, 10, required=True)
        if value and not is_key(value):
            self.wrong(f"{path}.key", "英小文字で始まる英数字10文字で書いてください。")
        return value

    def place(self, item: Mapping[str, Any], path: str) -> int:
        value = item.get("position", 0)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1_000_000:
            return value
        self.wrong(f"{path}.position", "0以上の整数で書いてください。")
        return 0

    def one_of(self, holder: Mapping[str, Any], name: str, path: str, allowed: tuple[str, ...]) -> str:
        value = holder.get(name)
        if value in allowed:
            return str(value)
        self.wrong(f"{path}.{name}", f"{'、'.join(allowed)} のどれかを書いてください。")
        return allowed[0]

    def base64(self, item: Mapping[str, Any], path: str) -> bytes:
        try:
            return base64.b64decode(self.text(item, "data", path), validate=True)
        except (binascii.Error, ValueError):
            self.wrong(f"{path}.data", "base64 として読めません。")
            return b""

    def unknown(self, holder: Mapping[str, Any], path: str, known: set[str]) -> None:
        for name in holder.keys() - known:
            self.wrong(f"{path}.{name}" if path else name, "知らない項目です。")


_TOP = {"format", "format_version", "blueprint_edition", "version", "departments", "parts", "assets"}
_PART = {item.name for item in fields(PartContent)}
_ADOPTION = tuple(item.name for item in fields(AdoptionContent))


def _pillar_of_area(blueprint: Edition, key: str) -> str:
    """An area's pillar follows from its key, so a file may leave it out."""
    return next((pillar.key for pillar in blueprint.pillars if pillar.part_key == key), "")


def _sheet(blueprint: Edition, kind: str, key: str, pillar: str) -> Sheet | None:
    """The sheet of a part, None if the three do not fit together."""
    try:
        sheet = blueprint.sheet_for(kind, key, pillar)
    except KeyError:
        return None
    if kind == "area" and pillar != _pillar_of_area(blueprint, key):
        return None
    is_made_by_town = kind == "measure" or sheet is blueprint.free_chapter
    return sheet if sheet.kind == kind and (is_key(key) or not is_made_by_town) else None


def main() -> None:
    """Examine the file on stdin in a process with limits: writes ``[[path, message], …]``, empty if it is good."""
    limit_process(memory_bytes=2**30, cpu_seconds=30)
    problems: list[Problem] = []
    try:
        parse(sys.stdin.buffer.read())
    except BadPlanFile as refusal:
        problems = refusal.problems
    json.dump([[problem.path, problem.message] for problem in problems], sys.stdout)


if __name__ == "__main__":
    main()
