"""The lists of a town's file: headings that count keep their numbers, all else gets ours under free ids."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from planwizard.document.docx import archive
from planwizard.document.docx.bases import Lists
from planwizard.document.docx.guard import parsed
from planwizard.document.docx.roles import HEADINGS
from planwizard.document.docx.styles import Cast, Styles, id_of, number, others

OURS = 4  # lists of base.docx: headings, ・, ①, (1)
_HEADINGS, _DOTS, _CIRCLED, _PAREN = range(1, OURS + 1)
_BULLET_ROLES = {"ListBullet": _DOTS, "ListNumber": _CIRCLED}
_PICTURED = (
    "w:numPicBullet",
    "w:numIdMacAtCleanup",
)  # pictures we do not carry; and what may stand only at the end


@dataclass(frozen=True, slots=True)
class Settled:
    lists: Lists
    own: int  # levels of headings, from the first, that keep the town's numbers
    odd: bool  # the town's headings had numbers that do not count on as one list
    example: str = ""  # what the town's first heading shows


@dataclass(slots=True)
class _Numbering:
    """``root`` is a w:numbering element."""

    root: Any

    def nums(self) -> dict[int, int]:
        """{numId: abstractNumId}."""
        return {
            number(num, "numId", 0): number(num.find(qn("w:abstractNumId")), "val", -1)
            for num in self.root.iter(qn("w:num"))
            if num.find(qn("w:abstractNumId")) is not None
        }

    def abstracts(self) -> dict[int, Any]:
        return {number(each, "abstractNumId", -1): each for each in self.root.iter(qn("w:abstractNum"))}

    def level(self, num_id: int, at: int) -> Any:
        abstract = self.abstracts().get(self.nums().get(num_id, -1))
        levels = () if abstract is None else abstract.iterfind(qn("w:lvl"))
        return next((each for each in levels if number(each, "ilvl", -1) == at), None)


def settle(styles: Styles, root: Any, found: Mapping[str, Cast]) -> Settled:
    """Put our lists into ``root``, bind them to the styles that have none, and say which is which."""
    numbering = _Numbering(root)
    _tidy(numbering, styles)
    own, has_any = _counting(styles, numbering, found)
    example = _example(numbering, _list_of(styles, found[HEADINGS[0]].style)) if own else ""
    headings = numbering.nums()[_list_of(styles, found[HEADINGS[0]].style)[0]] if own else -1
    new = _add_ours(numbering)
    _bind_headings(styles, numbering, found, new[_HEADINGS], own)
    _bind_lists(styles, numbering, found, new)
    _count_nothing_else(styles, found)
    lists = Lists(
        headings=headings if own else new[_HEADINGS][1],
        counted=own or len(HEADINGS),
        circled=new[_CIRCLED][1],
        paren=new[_PAREN][1],
        last=max(numbering.nums()),
    )
    return Settled(lists, own, has_any and not own, example)


def _tidy(numbering: _Numbering, styles: Styles) -> None:
    for tag in _PICTURED:
        for each in numbering.root.findall(qn(tag)):
            numbering.root.remove(each)
    for each in list(numbering.root.iter(qn("w:lvlPicBulletId"))):
        each.getparent().remove(each)
    known = {0, *(num for num, abstract in numbering.nums().items() if abstract in numbering.abstracts())}
    for each in list(styles.root.iter(qn("w:numPr"))):
        listed = each.find(qn("w:numId"))
        if listed is not None and number(listed, "val", -1) not in known:
            each.getparent().remove(each)


def _list_of(styles: Styles, id_: str) -> tuple[int, int]:
    """(numId, level) that a style counts in, (0, 0) without a list."""
    properties = styles.found(styles.by_id(id_), "w:pPr/w:numPr/w:numId")
    if properties is None:
        return 0, 0
    level = properties.getparent().find(qn("w:ilvl"))
    return number(properties, "val", 0), 0 if level is None else number(level, "val", 0)


def _counting(styles: Styles, numbering: _Numbering, found: Mapping[str, Cast]) -> tuple[int, bool]:
    """How many levels, from the first, count in one list of the town, and whether any heading prints a number."""
    places = [_list_of(styles, found[key].style) if found[key].how != "added" else (0, 0) for key in HEADINGS]
    prints = [_prints(numbering.level(num_id, at)) if num_id else False for num_id, at in places]
    own = 0
    while own < len(HEADINGS) and prints[own] and places[own] == (places[0][0], own):
        own += 1
    return own, any(prints)


def _prints(level: Any) -> bool:
    if level is None:
        return False
    form, text = level.find(qn("w:numFmt")), level.find(qn("w:lvlText"))
    is_none = form is not None and form.get(qn("w:val")) in ("none", "bullet")
    return not is_none and text is not None and "%" in (text.get(qn("w:val")) or "")


def _example(numbering: _Numbering, place: tuple[int, int]) -> str:
    text = numbering.level(*place).find(qn("w:lvlText")).get(qn("w:val"))
    return str(text).replace("%1", "1")


def _add_ours(numbering: _Numbering) -> dict[int, tuple[int, int]]:
    """{number of our list: (its numId here, its abstractNumId here)}. All w:abstractNum stand before all w:num."""
    source = _Numbering(parsed(archive.unpack(archive.BASE.read_bytes())["word/numbering.xml"]))
    first_abstract = max(numbering.abstracts(), default=0) + 1
    first_num = max(numbering.nums(), default=0) + 1
    place = next(iter(numbering.root.findall(qn("w:num"))), None)
    ids = {}
    for at in range(1, OURS + 1):
        abstract, num = deepcopy(source.abstracts()[at]), deepcopy(source.root.findall(qn("w:num"))[at - 1])
        ids[at] = first_num + at - 1, first_abstract + at - 1
        abstract.set(qn("w:abstractNumId"), str(ids[at][1]))
        num.set(qn("w:numId"), str(ids[at][0]))
        num.find(qn("w:abstractNumId")).set(qn("w:val"), str(ids[at][1]))
        if place is None:
            numbering.root.append(abstract)
        else:
            place.addprevious(abstract)
        numbering.root.append(num)
    _abstracts_first(numbering.root)
    return ids


def _abstracts_first(root: Any) -> None:
    for num in root.findall(qn("w:num")):
        root.append(num)


def _bind_headings(
    styles: Styles, numbering: _Numbering, found: Mapping[str, Cast], ours: tuple[int, int], own: int
) -> None:
    """Our list to all headings, or to none: a level beyond the town's own has its label written as text."""
    for level, key in enumerate(HEADINGS):
        style = styles.by_id(found[key].style)
        if level < own:
            continue
        if own:
            _count(style, 0)
            _unbind(numbering, id_of(style), keep=-1)
        else:
            _count(style, ours[0], level)
            _unbind(numbering, id_of(style), keep=ours[1])
            _bind(numbering.abstracts()[ours[1]], level, id_of(style))
    if own:
        for bound in list(numbering.abstracts()[ours[1]].iter(qn("w:pStyle"))):
            bound.getparent().remove(bound)


def _bind_lists(
    styles: Styles, numbering: _Numbering, found: Mapping[str, Cast], ours: Mapping[int, tuple[int, int]]
) -> None:
    for key, at in _BULLET_ROLES.items():
        style, (num_id, abstract) = styles.by_id(found[key].style), ours[at]
        if found[key].how == "added" or not _list_of(styles, id_of(style))[0]:
            _count(style, num_id)
            _bind(numbering.abstracts()[abstract], 0, id_of(style))
        else:
            for bound in list(numbering.abstracts()[abstract].iter(qn("w:pStyle"))):
                bound.getparent().remove(bound)


def _count_nothing_else(styles: Styles, found: Mapping[str, Cast]) -> None:
    """A style based on a heading would take its number: 「第１章 目次」."""
    lists = {found[key].style for key in _BULLET_ROLES}
    for style in others(styles, found):
        if id_of(style) not in lists and _list_of(styles, id_of(style))[0]:
            _count(style, 0)


def _count(style: Any, num_id: int, level: int = 0) -> None:
    listed = style.get_or_add_pPr().get_or_add_numPr()
    listed.get_or_add_numId().val = num_id
    if level or listed.find(qn("w:ilvl")) is not None:
        listed.get_or_add_ilvl().val = level


def _bind(abstract: Any, level: int, id_: str) -> None:
    bound = abstract.findall(qn("w:lvl"))[level].find(qn("w:pStyle"))
    bound.set(qn("w:val"), id_)


def _unbind(numbering: _Numbering, id_: str, *, keep: int) -> None:
    """A style is bound to one list only."""
    for at, abstract in numbering.abstracts().items():
        for bound in list(abstract.iter(qn("w:pStyle"))):
            if at != keep and bound.get(qn("w:val")) == id_:
                bound.getparent().remove(bound)
