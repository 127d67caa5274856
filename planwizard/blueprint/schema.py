"""The JSON Schema of plan.json, made from the declaration.

``python -m planwizard.blueprint.schema > docs/plan.schema.json`` writes the committed file anew.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields as fields_of
from typing import Any, assert_never

from planwizard.blueprint.content import AdoptionContent
from planwizard.blueprint.edition import CURRENT, Edition, edition
from planwizard.blueprint.kinds import (
    AnyField,
    ByYear,
    Choice,
    Choices,
    Computed,
    Day,
    Group,
    Line,
    Number,
    Option,
    Prose,
    Reference,
    Rows,
    Sheet,
    Text,
    Upload,
    Year,
    YesNo,
)
from planwizard.blueprint.options import PILLARS
from planwizard.blueprint.parsing import PICTURE_WIDTHS
from planwizard.blueprint.places import FIRST_YEAR, LAST_YEAR
from planwizard.blueprint.plan_file import ADOPTION_CHOICES, ADOPTION_LENGTHS, ADOPTION_REQUIRED

Schema = dict[str, Any]

_ROW_KEY = "[a-z][a-z0-9]{9}"
_YEAR = "[0-9]{4}"
_STRING: Schema = {"type": "string"}
_SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_DAY: Schema = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_NUMBER = r"(0|[1-9][0-9]*)(\.[0-9]+)?$"


def schema(code: str = CURRENT) -> Schema:
    """The schema of a plan.json with the answers of one edition. Raises UnknownEdition."""
    blueprint = edition(code)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "plan.json",
        "description": "市町村官民データ活用推進計画の一つの版。値は「部分の中の道＝値」の平らな形で持つ。",
        **_object(
            {
                "format": {"const": "planwizard-plan"},
                "format_version": {"const": 1},
                "blueprint_edition": {"const": blueprint.code},
                "municipality": _object({"code": _STRING, "name": _STRING, "prefecture": _STRING}),
                "plan": _object({"title": _STRING}),
                "version": _VERSION,
                "departments": _list(_object({"key": _key(), "name": _STRING})),
                "parts": _list(_part(blueprint)),
                "assets": _list(_ASSET),
                "citations": _list(_object({"to": _STRING, "key": _STRING, "name": _STRING})),
            },
            required=("format", "format_version", "blueprint_edition", "version", "parts"),
        ),
        "$defs": dict(_sheets(blueprint)),
    }


def _object(properties: Schema, required: Iterable[str] | None = None) -> Schema:
    """An object with these properties and no others, all required unless told."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties if required is None else required),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _key() -> Schema:
    return {"type": "string", "pattern": f"^{_ROW_KEY}$"}


_VERSION = _object(
    {
        "stage": {"enum": ["outline", "draft", "final_draft", "amendment"]},
        "version_label": _STRING,
    },
    required=("stage",),
)
_ASSET = _object(
    {
        "sha256": _SHA256,
        "data": {"type": "string", "contentEncoding": "base64"},
    },
    required=("sha256", "data"),
)


def _adoption() -> Schema:
    def shape(name: str) -> Schema:
        if name in ADOPTION_CHOICES:
            return {"enum": list(ADOPTION_CHOICES[name])}
        most = {"maxLength": ADOPTION_LENGTHS[name]} if name in ADOPTION_LENGTHS else {}
        return _STRING | most | ({"minLength": 1} if name in ADOPTION_REQUIRED else {})

    shapes = {item.name: shape(item.name) for item in fields_of(AdoptionContent)}
    return _object(shapes, required=(*ADOPTION_REQUIRED, *ADOPTION_CHOICES))


def _part(blueprint: Edition) -> Schema:
    part = _object(
        {
            "key": _STRING,
            "kind": {"enum": ["basics", "chapter", "area", "measure", "appendix"]},
            "title": _STRING,
            "position": {"type": "integer", "minimum": 0},
            "pillar": {"enum": ["", *(option.key for option in PILLARS)]},
            "measure_no": _STRING,
            "department": _STRING,
            "values": {"type": "object"},
            "as_typed": {"type": "object", "additionalProperties": _STRING},
            "adoptions": _list(_adoption()),
        },
        required=("key", "kind"),
    )
    return {**part, "allOf": list(_values_by_part(blueprint))}


def _values_by_part(blueprint: Edition) -> Iterator[Schema]:
    """Which sheet the values of a part follow."""
    for sheet in blueprint.sheets:
        yield _follows({"key": {"const": sheet.key}}, sheet.key)
    for pillar in blueprint.pillars:
        yield _follows(
            {"kind": {"const": "measure"}, "pillar": {"const": pillar.key}}, _measure_name(pillar.key)
        )
    yield _follows({"kind": {"const": "chapter"}, "key": _key()}, blueprint.free_chapter.key)


def _follows(when: Schema, name: str) -> Schema:
    return {
        "if": {"properties": when, "required": list(when)},
        "then": {"properties": {"values": {"$ref": f"#/$defs/{name}"}}},
    }


def _measure_name(pillar: str) -> str:
    return f"measure-{pillar.replace('_', '-')}"


def _sheets(blueprint: Edition) -> Iterator[tuple[str, Schema]]:
    for sheet in (*blueprint.sheets, blueprint.free_chapter):
        yield sheet.key, _sheet(sheet)
    common = _common(blueprint)
    yield "measure", {"title": "施策シート（共通）", "type": "object", **_answers(common)}
    for pillar, sheet in blueprint.measures.items():
        own = [field for field in sheet.fields if field not in common]
        yield (
            _measure_name(pillar),
            {
                "title": f"施策シート（{blueprint.pillar(pillar).short_name}）",
                "allOf": [{"$ref": "#/$defs/measure"}],
                **_answers(own),
                "unevaluatedProperties": False,
            },
        )


def _common(blueprint: Edition) -> list[AnyField]:
    """The fields that the measures of all pillars have."""
    first, *others = blueprint.measures.values()
    return [field for field in first.fields if all(field in sheet.fields for sheet in others)]


def _sheet(sheet: Sheet) -> Schema:
    return {"title": sheet.title, "type": "object", **_answers(sheet.fields), "additionalProperties": False}


def _answers(fields: Iterable[AnyField]) -> Schema:
    """The paths of these fields: by name, and by pattern where rows and years lie in them."""
    named: Schema = {}
    patterns: Schema = {}
    for path, about in _paths(fields, ""):
        if "[" in path:
            patterns[f"^{path.replace('.', '[.]')}$"] = about
        else:
            named[path] = about
    return {"properties": named, "patternProperties": patterns}


def _paths(fields: Iterable[AnyField], prefix: str) -> Iterator[tuple[str, Schema]]:
    for field in fields:
        path = prefix + field.key
        match field:
            case Group():
                yield from _paths(field.fields, f"{path}.")
            case Rows():
                yield path, _about(field, {**_list(_key()), "uniqueItems": True, "minItems": 1})
                yield from _paths(field.columns, f"{path}.{_ROW_KEY}.")
            case ByYear():
                yield from _paths(field.columns, f"{path}.{_YEAR}.")
            case Upload():
                yield from ((f"{path}.{name}", _about(field, shape)) for name, shape in _PICTURE.items())
            case Computed():
                yield path, _about(field, {"not": {}})
            case (
                Line() | Text() | Prose() | Number() | Day() | Year() | Choice() | Choices() | YesNo()
                | Reference()
            ):  # fmt: skip
                yield path, _about(field, _shape(field))
            case _:
                assert_never(field)


def _about(field: AnyField, shape: Schema) -> Schema:
    about = {
        "title": field.label,
        "description": field.help,
        "x-example": field.example,
        "x-level": str(field.level),
        "x-condition": field.condition,
        "x-prints": str(field.prints),
        "x-source": field.source,
        "x-unit": getattr(field, "unit", ""),
    }
    return {name: value for name, value in about.items() if value} | shape


_PICTURE: Schema = {
    "asset": _SHA256,
    "alt": {"type": "string", "minLength": 1},
    "caption": {"type": "string", "minLength": 1},
    "width_mm": {
        "type": "integer",
        "minimum": PICTURE_WIDTHS[0],
        "maximum": PICTURE_WIDTHS[-1],
        "multipleOf": PICTURE_WIDTHS.step,
    },
}


def _shape(
    field: Line | Text | Prose | Number | Day | Year | Choice | Choices | YesNo | Reference,
) -> Schema:
    match field:
        case Line() | Text() | Prose():
            # Longer texts are kept and reported, so the limit is told and not enforced.
            return {"type": "string", "minLength": 1, "x-max-chars": field.max_chars}
        case Number():
            return {"type": "string", "pattern": f"^{_NUMBER}" if field.minimum else f"^-?{_NUMBER}"}
        case Day():
            return _DAY
        case Year():
            return {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
        case Choice():
            return {"type": "string", **_enum(field.options)}
        case Choices():
            return {**_list({"type": "string", **_enum(field.options)}), "uniqueItems": True, "minItems": 1}
        case YesNo():
            return {"type": "boolean", "x-labels": {"true": field.yes, "false": field.no}}
        case Reference():
            one: Schema = {"type": "string", "minLength": 1, "maxLength": 100}
            many = {**_list(one), "uniqueItems": True, "minItems": 1}
            return {**(many if field.many else one), "x-to": field.to}
        case _:
            assert_never(field)


def _enum(options: tuple[Option, ...]) -> Schema:
    return {
        "enum": [option.key for option in options],
        "x-labels": {option.key: option.label for option in options},
    }


def text(code: str = CURRENT) -> str:
    """The schema as the committed file holds it."""
    return json.dumps(schema(code), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
