"""The objects of a PDF as WeasyPrint writes them: a table of references in a stream, most objects in another.

Values are Python's: a dictionary is a ``dict`` whose keys are names without their slash, a name is a ``Name``, a
reference a ``Ref``, a string the text it stands for. Objects are read when they are asked for and not kept: the tags
of a plan of 200 measures are some hundred thousand.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

_TOKEN = re.compile(
    rb"(?P<ref>(\d+)\s+\d+\s+R\b)|(?P<number>[+-]?(?:\d+\.?\d*|\.\d+))|/(?P<name>[^\s/<>\[\]()%]*)"
    rb"|(?P<open><<)|(?P<close>>>)|(?P<begin>\[)|(?P<end>\])|\((?P<text>(?:\\.|[^\\()])*)\)"
    rb"|<(?P<hex>[0-9A-Fa-f\s]*)>|(?P<word>[A-Za-z]+)",
    re.DOTALL,
)
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_STREAM = re.compile(rb"stream\r?\n")
_WORDS = {b"true": True, b"false": False, b"null": None}


class Unreadable(ValueError):
    """The file is not written as ours are."""


class Name(str):
    """/Name, without its slash."""

    __slots__ = ()


class Ref(NamedTuple):
    number: int


@dataclass(slots=True)
class Stream:
    """``raw`` is the content as it lies in the file."""

    entries: dict[str, Any]
    raw: bytes

    def data(self) -> bytes:
        return zlib.decompress(self.raw) if self.entries.get("Filter") == "FlateDecode" else self.raw


class Pdf:
    """Raises Unreadable, on construction or when an object is asked for."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.packs: dict[int, tuple[bytes, list[int]]] = {}
        found = _START.search(data, max(0, len(data) - 64))
        if not found:
            raise Unreadable("it has no end")
        table = self._at(int(found[1]))
        if not isinstance(table, Stream):
            raise Unreadable("it has no stream of references")
        self.trailer = table.entries
        self.places = list(_entries(table))
        self.root: dict[str, Any] = self.get(self.trailer.get("Root"))
        if not isinstance(self.root, dict):
            raise Unreadable("it has no root")

    def get(self, value: Any) -> Any:
        """What a reference points to; any other value as it is."""
        if not isinstance(value, Ref):
            return value
        if value.number >= len(self.places):
            raise Unreadable(f"object {value.number} is missing")
        kind, place, index = self.places[value.number]
        if kind == 1:
            return self._at(place)
        return self._packed(place, index) if kind == 2 else None

    def at(self, value: Any, *names: str) -> Any:
        """What lies under ``names``, one within another; None where one is missing."""
        for name in names:
            found = self.get(value)
            value = found.get(name) if isinstance(found, dict) else None
        return self.get(value)

    def stream(self, value: Any) -> bytes:
        found = self.get(value)
        if not isinstance(found, Stream):
            raise Unreadable("a stream is missing")
        return found.data()

    def pages(self) -> Iterator[tuple[Ref, dict[str, Any]]]:
        yield from self._below(self.root["Pages"])

    def _below(self, node: Ref) -> Iterator[tuple[Ref, dict[str, Any]]]:
        entries = self.get(node)
        if entries.get("Type") != "Pages":
            yield node, entries
        for kid in entries.get("Kids", ()):
            yield from self._below(kid)

    def _at(self, place: int) -> Any:
        head = re.compile(rb"\s*\d+\s+\d+\s+obj\b").match(self.data, place)
        if not head:
            raise Unreadable(f"there is no object at {place}")
        value, end = parsed(self.data, head.end())
        begin = _STREAM.match(self.data, end + (self.data[end : end + 1] == b"\n"))
        if not begin or not isinstance(value, dict):
            return value
        length = self.get(value.get("Length"))
        return Stream(value, self.data[begin.end() : begin.end() + length])

    def _packed(self, number: int, index: int) -> Any:
        if number not in self.packs:
            self.packs[number] = self._pack(number)
        content, starts = self.packs[number]
        return parsed(content, starts[index])[0]

    def _pack(self, number: int) -> tuple[bytes, list[int]]:
        stream = self._at(self.places[number][1])
        content, first = stream.data(), stream.entries["First"]
        numbers = list(map(int, content[:first].split()))
        return content, [first + at for at in numbers[1::2]]


def _entries(table: Stream) -> Iterator[tuple[int, int, int]]:
    """(kind, place, index) of each object: at a place of the file, or at an index of a stream."""
    content, widths = table.data(), table.entries["W"]
    edges = [0, widths[0], widths[0] + widths[1], sum(widths)]
    for at in range(0, len(content), edges[-1]):
        line = content[at : at + edges[-1]]
        kind, place, index = (int.from_bytes(line[a:b], "big") for a, b in pairwise(edges))
        yield kind, place, index


def parsed(data: bytes, at: int) -> tuple[Any, int]:
    """The value that begins at ``at``, and where it ends."""
    waiting: list[list[Any]] = [[]]
    while True:
        found = _TOKEN.search(data, at)
        if not found:
            raise Unreadable(f"there is no value at {at}")
        at, kind = found.end(), found.lastgroup
        if kind in ("open", "begin"):
            waiting.append([])
            continue
        if kind in ("close", "end"):
            inner = waiting.pop()
            value = dict(zip(inner[::2], inner[1::2], strict=True)) if kind == "close" else inner
        else:
            value = _scalar(kind, found)
        waiting[-1].append(value)
        if len(waiting) == 1:
            return value, at


def _scalar(kind: str | None, found: re.Match[bytes]) -> Any:
    match kind:
        case "ref":
            return Ref(int(found[2]))
        case "name":
            return Name(found["name"].decode("latin-1"))
        case "number":
            return float(found["number"]) if b"." in found["number"] else int(found["number"])
        case "text":
            return _text(re.sub(rb"\\(.)", rb"\1", found["text"], flags=re.DOTALL))
        case "hex":
            return _text(bytes.fromhex(found["hex"].decode()))
        case _:
            return _WORDS.get(found["word"])


def _text(data: bytes) -> str:
    if data.startswith(b"\xfe\xff"):
        return data[2:].decode("utf-16-be", "replace")
    return data.decode("latin-1")
