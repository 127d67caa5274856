"""A tree as text and back, so that what an export printed can still be compared when the plan has moved on.

Each node is an object whose ``is`` names its class; fields that hold their default are left out.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from typing import Any

from planwizard.document import nodes

_CLASSES = {
    each.__name__: each
    for each in (
        *(nodes.Source, nodes.Run, nodes.Link, nodes.Ref, nodes.Note),
        *(nodes.Heading, nodes.Paragraph, nodes.BulletList, nodes.Cell, nodes.Table),
        *(nodes.Figure, nodes.Picture, nodes.PageBreak),
        *(nodes.Section, nodes.Cover, nodes.Meta, nodes.Document),
    )
}


def dumps(document: nodes.Document) -> str:
    """The same tree gives the same text."""
    return json.dumps(_plain(document), ensure_ascii=False, separators=(",", ":"))


def loads(text: str) -> nodes.Document:
    """The inverse of ``dumps``. Raises ValueError, KeyError or TypeError for what ``dumps`` never wrote."""
    found = json.loads(text, object_hook=_node)
    if not isinstance(found, nodes.Document):
        raise TypeError("not a document")
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if not is_dataclass(value):
        return value
    told = {"is": type(value).__name__}
    for field in fields(value):
        held = getattr(value, field.name)
        if field.default is MISSING or held != field.default:
            told[field.name] = _plain(held)
    return told


def _node(told: dict[str, Any]) -> Any:
    made = _CLASSES[told.pop("is")]
    held = {name: _frozen(value) for name, value in told.items()}
    if made is nodes.Meta:
        held["modified"] = datetime.fromisoformat(held["modified"])
    return made(**held)


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
