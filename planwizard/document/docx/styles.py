"""The styles of a town's file: which one plays which role, and what is missing copied from our own file.

Styles are known by their names, never by their ids: a Japanese Word calls 見出し 1 ``1`` or ``a3``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Literal

from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Twips

from planwizard.document.docx import archive
from planwizard.document.docx.guard import parsed
from planwizard.document.docx.roles import BY_KEY, HEADINGS, ROLES, Kind, Role, folded

How = Literal["name", "guess", "chosen", "added"]
_DEFAULTS: tuple[tuple[Kind, str], ...] = (
    ("paragraph", "Normal"),
    ("character", "DefaultParagraphFont"),
    ("table", "TableNormal"),
)
_AFTER_OUTLINE = ("w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange")
_AFTER_SNAP = (
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:jc",
    "w:textAlignment",
    "w:outlineLvl",
    *_AFTER_OUTLINE,
)
_CLOSE = {"PlanTableText", "PlanTableHead", "PlanDiffText", "PlanNote", "PlanGap", "PlanSpace", "PlanStatus"}
_NO_LEVEL = 9  # of an outline: text
_WORDS_FONT = "ＭＳ 明朝"  # what Word shows Japanese in where nothing is said


@dataclass(slots=True)
class Styles:
    """``root`` is a w:styles element. ``faces`` are the theme's fonts for Japanese: {"major": …, "minor": …}."""

    root: Any
    faces: Mapping[str, str] = field(default_factory=dict)

    def of(self, kind: Kind) -> Iterator[Any]:
        return (
            each for each in self.root.iter(qn("w:style")) if (each.get(qn("w:type")) or "paragraph") == kind
        )

    def by_id(self, id_: str | None) -> Any:
        return next(
            (each for each in self.root.iter(qn("w:style")) if each.get(qn("w:styleId")) == id_), None
        )

    def named(self, name: str, kind: Kind) -> Any:
        wanted = folded(name)
        return next((each for each in self.of(kind) if folded(name_of(each)) == wanted), None)

    def default(self, kind: Kind) -> Any:
        return next(
            (each for each in self.of(kind) if each.get(qn("w:default")) in ("1", "true", "on")), None
        )

    def chain(self, style: Any) -> Iterator[Any]:
        """A style and those it is based on."""
        seen: set[str] = set()
        while style is not None and id_of(style) not in seen:
            seen.add(id_of(style))
            yield style
            based = style.find(qn("w:basedOn"))
            style = None if based is None else self.by_id(based.get(qn("w:val")))

    def found(self, style: Any, path: str) -> Any:
        """The element that rules a style: its own, else an inherited one, else the default of the file."""
        area = path.partition("/")[0]
        spots = [*self.chain(style), *self.root.iterfind(f"{qn('w:docDefaults')}/{qn(f'{area}Default')}")]
        steps = "/".join(map(qn, path.split("/")))
        return next((found for spot in spots if (found := spot.find(steps)) is not None), None)

    def font(self, style: Any) -> str:
        """The font of its Japanese text."""
        steps = f"{qn('w:rPr')}/{qn('w:rFonts')}"
        spots = [*self.chain(style), *self.root.iterfind(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")]
        for fonts in filter(lambda each: each is not None, (spot.find(steps) for spot in spots)):
            theme = str(fonts.get(qn("w:eastAsiaTheme")) or "")
            said = self.faces.get(theme[:5], "") if theme else fonts.get(qn("w:eastAsia"))
            if said:
                return str(said)
        return _WORDS_FONT

    def size_pt(self, style: Any) -> float:
        found = self.found(style, "w:rPr/w:sz")
        return 10.0 if found is None else number(found, "val", 20) / 2


@dataclass(frozen=True, slots=True)
class Cast:
    """The style that plays a role, by its id, and how it was found."""

    style: str
    how: How


def id_of(style: Any) -> str:
    return str(style.get(qn("w:styleId")) or "")


def name_of(style: Any) -> str:
    name = style.find(qn("w:name"))
    return "" if name is None else str(name.get(qn("w:val")) or "")


def number(element: Any, name: str, otherwise: int) -> int:
    """A whole number of an attribute; files hold ``12.5`` and worse."""
    try:
        return round(float(element.get(qn(f"w:{name}"))))
    except (TypeError, ValueError, OverflowError):
        return otherwise


def ours() -> Styles:
    return Styles(parsed(archive.unpack(archive.BASE.read_bytes())["word/styles.xml"]))


# --- casting -------------------------------------------------------------------------------------------------


def cast(styles: Styles, chosen: Mapping[str, str]) -> dict[str, Cast]:
    """{role: style} for all roles that the file has a style for. ``chosen`` by hand: {role: id, or "" for none}."""
    found: dict[str, Cast] = {}
    for role in ROLES:
        if role.key in chosen:
            _put(found, role, styles.by_id(chosen[role.key]), "chosen")
        elif (style := _first(styles, role.names, role.kind)) is not None:
            _call_as_word_does(style, role)
            _put(found, role, style, "name")
    for role in ROLES:
        if role.key not in found and role.key not in chosen:
            _put(found, role, _first(styles, role.guesses, role.kind), "guess")
    return found


def _first(styles: Styles, names: tuple[str, ...], kind: Kind) -> Any:
    return next((style for name in names if (style := styles.named(name, kind)) is not None), None)


def _put(found: dict[str, Cast], role: Role, style: Any, how: How) -> None:
    """A style of another kind is none; and no style is two levels of headings, or one guess takes another's."""
    if style is None or (style.get(qn("w:type")) or "paragraph") != role.kind or not id_of(style):
        return
    rivals = found if how == "guess" else {key: each for key, each in found.items() if key in HEADINGS}
    if (how == "guess" or role.key in HEADINGS) and id_of(style) in {each.style for each in rivals.values()}:
        return
    found[role.key] = Cast(id_of(style), how)


def _call_as_word_does(style: Any, role: Role) -> None:
    """``Heading 1`` of LibreOffice becomes ``heading 1``: by that name readers find it."""
    if folded(name_of(style)) == folded(role.names[0]):
        style.find(qn("w:name")).set(qn("w:val"), role.names[0])


# --- what is missing -----------------------------------------------------------------------------------------


def add_missing(styles: Styles, found: dict[str, Cast]) -> dict[str, Any]:
    """Copy each missing role's style from our own file. Returns the new styles by role."""
    source = ours()
    names = {key: each.style for key, each in found.items()}
    for kind, id_ in _DEFAULTS:
        names[id_] = id_of(
            styles.default(kind) if styles.default(kind) is not None else _copy(styles, source, id_)
        )
    missing = [role.key for role in ROLES if role.key not in found]
    added = {key: _copy(styles, source, key) for key in missing}
    names |= {key: id_of(style) for key, style in added.items()}
    for key, style in added.items():
        _point(style, names)
        found[key] = Cast(id_of(style), "added")
    _keep_indent_out(styles, added)
    _keep_off_grid(added)
    return added


def _copy(styles: Styles, source: Styles, id_: str) -> Any:
    style = deepcopy(source.by_id(id_))
    ids = {id_of(each).casefold() for each in styles.root.iter(qn("w:style"))}
    style.set(qn("w:styleId"), _unique(id_, ids))
    names = {name_of(each).casefold() for each in styles.root.iter(qn("w:style"))}
    style.find(qn("w:name")).set(qn("w:val"), _unique(name_of(style), names))
    styles.root.append(style)
    return style


def _unique(wanted: str, taken: set[str]) -> str:
    tries = (wanted, *(f"{wanted}{at}" for at in range(2, len(taken) + 3)))
    return next(each for each in tries if each.casefold() not in taken)


def _point(style: Any, names: Mapping[str, str]) -> None:
    """basedOn, next and link name the styles of this file."""
    for tag in ("w:basedOn", "w:next", "w:link"):
        for each in style.findall(qn(tag)):
            each.set(qn("w:val"), names[each.get(qn("w:val"))])


def _keep_indent_out(styles: Styles, added: Mapping[str, Any]) -> None:
    """An indent of the town's 標準 is for text, not for our tables and covers."""
    normal = styles.default("paragraph")
    if styles.found(normal, "w:pPr/w:ind") is None:
        return
    for key, style in added.items():
        has_own = style.find(f"{qn('w:pPr')}/{qn('w:ind')}") is not None
        if BY_KEY[key].kind == "paragraph" and not has_own and style.find(f".//{qn('w:numPr')}") is None:
            indent = style.get_or_add_pPr().get_or_add_ind()
            for name in ("left", "right", "firstLine", "leftChars", "rightChars", "firstLineChars"):
                indent.set(qn(f"w:{name}"), "0")


def _keep_off_grid(added: Mapping[str, Any]) -> None:
    """On a line grid a table's line would be as high as the text's."""
    for key in _CLOSE & added.keys():
        properties = added[key].get_or_add_pPr()
        if properties.find(qn("w:snapToGrid")) is None:
            snap = OxmlElement("w:snapToGrid")
            snap.set(qn("w:val"), "0")
            properties.insert_element_before(snap, *_AFTER_SNAP)


# --- what a role must have -----------------------------------------------------------------------------------


def mark_headings(styles: Styles, found: Mapping[str, Cast]) -> None:
    """By the outline level Word finds a heading for the contents; it stays with the text below it."""
    for level, key in enumerate(HEADINGS):
        properties = styles.by_id(found[key].style).get_or_add_pPr()
        properties.get_or_add_keepNext()
        _outline(properties, level)
    for style in others(styles, found):
        if styles.found(style, "w:pPr/w:outlineLvl") is not None:
            _outline(style.get_or_add_pPr(), _NO_LEVEL)


def others(styles: Styles, found: Mapping[str, Cast]) -> list[Any]:
    """The styles of paragraphs that are no heading, though they may be based on one: 目次の題 often is."""
    headings = {found[key].style for key in HEADINGS}
    keys = (key for key in found if key in BY_KEY and BY_KEY[key].kind == "paragraph")
    return [styles.by_id(id_) for id_ in {found[key].style: None for key in keys} if id_ not in headings]


def _outline(properties: Any, level: int) -> None:
    outline = properties.find(qn("w:outlineLvl"))
    if outline is None:
        outline = OxmlElement("w:outlineLvl")
        properties.insert_element_before(outline, *_AFTER_OUTLINE)
    outline.set(qn("w:val"), str(level))


def end_lines_at(styles: Styles, found: Mapping[str, Cast], right: int) -> None:
    """The numbers of the contents stand at the right margin, ``right`` twips from the left one."""
    for key in ("TOC1", "TOC2", "TOC3"):
        style = styles.by_id(found[key].style)
        ends = [tab for tab in _tabs(styles, style) if tab.get(qn("w:val")) in ("right", "end")]
        for tab in ends if found[key].how == "added" else ():
            tab.set(qn("w:pos"), str(right))
        if not ends:
            tabs = style.get_or_add_pPr().get_or_add_tabs()
            tabs.insert_tab_in_order(Twips(right), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def tabs_of(styles: Styles, id_: str) -> tuple[int, ...]:
    """Where a style stops, in twips."""
    stops = (tab for tab in _tabs(styles, styles.by_id(id_)) if tab.get(qn("w:val")) != "clear")
    return tuple(sorted({number(tab, "pos", 0) for tab in stops}))


def _tabs(styles: Styles, style: Any) -> list[Any]:
    path = f"{qn('w:pPr')}/{qn('w:tabs')}/{qn('w:tab')}"
    return [tab for each in styles.chain(style) for tab in each.iterfind(path)]
