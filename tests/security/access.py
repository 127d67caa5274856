"""Who gets which answer where: the one table behind test_access.py, which fails for a route that is not in it.

To add a route, add a row under its URL name::

    "plans:structure": Route(only(SECRETARIAT), "GET POST", place=lambda town: {"plan_id": make_plan(town).pk}),

- ``answers``: ``open_to_all()``, ``signed_in()``, ``only(ROLE, …)``, or ``only(…) | {VIEWER: REFUSED}`` by hand. An answer is
  LET_IN, REFUSED (403) or SIGN_IN (the sign-in page for GET, 401 for the rest).
- ``methods``: those the page is made for. With any other method a call must change no row.
- ``place``: a function ``town -> kwargs of the URL`` that makes what the address points to, in that town. People of another
  town must then get the very answer that an id gets which does not exist. Such functions are in places.py.
- ``data``: a function ``town -> form data`` where an empty form would not be let in (404).

- ``is_shared``: what it points to is the catalogue's and no town's, so that no town is a stranger to it.
- ``writes``: the answers to POST, where more people read the page than write.

The tests' drafter writes for ``places.drafters_department(town)``: give it to what a drafter may edit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from planwizard.accounts.models import Municipality, Role
from tests.security import places

VIEWER, DRAFTER, SECRETARIAT, TOWN_ADMIN, OPERATOR = Role.values
ROLES = (VIEWER, DRAFTER, SECRETARIAT, TOWN_ADMIN, OPERATOR)
ANONYMOUS, DISABLED, SUSPENDED = "anonymous", "disabled", "suspended"

LET_IN, REFUSED, SIGN_IN = "let in", "refused", "sign in"
Answers = Mapping[str, str]


def open_to_all() -> Answers:
    return dict.fromkeys((*ROLES, ANONYMOUS, DISABLED, SUSPENDED), LET_IN)


def signed_in() -> Answers:
    """Whoever has signed in, even without a role in any town."""
    return {**open_to_all(), ANONYMOUS: SIGN_IN, DISABLED: SIGN_IN}


def only(*roles: str) -> Answers:
    """These roles of the active town; a person of a suspended town has none."""
    return {**signed_in(), **dict.fromkeys((*ROLES, SUSPENDED), REFUSED), **dict.fromkeys(roles, LET_IN)}


def any_role() -> Answers:
    return only(*ROLES)


@dataclass(frozen=True, slots=True)
class Route:
    answers: Answers
    methods: str = "GET"
    place: Callable[[Municipality], dict[str, object]] | None = None
    data: Callable[[Municipality], dict[str, str]] = lambda town: {}
    writes: Answers | None = None
    is_shared: bool = False

    def answer_to(self, method: str, caller: str) -> str:
        return (self.writes if method == "POST" and self.writes else self.answers)[caller]


def _its_own(town: Municipality) -> dict[str, str]:
    return {"municipality": str(town.pk)}


def _name_and_stage(town: Municipality) -> dict[str, str]:
    return {"label": "第2版", "stage": "draft"}


def _two_editions(town: Municipality) -> dict[str, str]:
    return {"older": "TEST-1", "newer": "TEST-2"}


READERS = only(VIEWER, DRAFTER, SECRETARIAT, TOWN_ADMIN)
WRITERS = only(DRAFTER, SECRETARIAT)  # a drafter: parts of the own department only
ARRANGERS = only(SECRETARIAT)
PEOPLE = only(TOWN_ADMIN)
OFFICES = only(TOWN_ADMIN, SECRETARIAT)

FILES = {
    "accounts:session",
    "catalog:export",
    "exports:download",
    "exports:house_style_sample",
    "wizard:asset",
    "wizard:export_dictionary",
    "wizard:guide_beside",
    "wizard:hints_beside",
    "wizard:preview_beside",
    "compliance:part_checks",
}  # what is fetched, not read on the screen

ACCESS: dict[str, Route] = {
    "accounts:sign_in": Route(open_to_all(), "GET POST"),
    "accounts:session": Route(open_to_all(), "GET POST"),
    "accounts:signed_out": Route(open_to_all()),
    "accounts:sign_out": Route(open_to_all(), "POST"),
    "accounts:change_password": Route(signed_in(), "GET POST"),
    "accounts:choose_town": Route(any_role(), "POST", data=_its_own),
    "accounts:members": Route(PEOPLE),
    "accounts:add_member": Route(PEOPLE, "GET POST"),
    "accounts:member": Route(PEOPLE, place=places.person),
    "accounts:renew_password": Route(PEOPLE, "GET POST", place=places.person),
    "accounts:switch_member": Route(PEOPLE, "GET POST", place=places.person),
    "accounts:add_role": Route(PEOPLE, "GET POST", place=places.person),
    "accounts:change_role": Route(PEOPLE, "GET POST", place=places.second_role),
    "accounts:remove_role": Route(PEOPLE, "GET POST", place=places.second_role),
    "accounts:departments": Route(OFFICES, "GET POST"),
    "accounts:rename_department": Route(OFFICES, "GET POST", place=places.department),
    "accounts:move_department": Route(OFFICES, "POST", place=places.department),
    "compliance:checklist": Route(READERS, place=places.version),
    "compliance:maps": Route(READERS, place=places.version),
    "wizard:finish_parts": Route(WRITERS, "GET POST", place=places.version),
    "compliance:next_stop": Route(ARRANGERS, place=places.version),
    "compliance:item": Route(READERS, place=places.item),
    "compliance:confirm": Route(WRITERS, "POST", place=places.item, data=places.confirmed_part),
    "compliance:answer": Route(ARRANGERS, "POST", place=places.item),
    "compliance:decline": Route(ARRANGERS, "POST", place=places.item),
    "compliance:withdraw": Route(WRITERS, "POST", place=places.confirmation),
    "compliance:part_checks": Route(READERS, place=places.part),
    "compliance:own_items": Route(ARRANGERS, "GET POST"),
    "compliance:handing_out": Route(ARRANGERS, "POST"),
    "compliance:retire_own_item": Route(ARRANGERS, "POST", place=places.own_item),
    "catalog:tables": Route(only(OPERATOR), "GET POST"),
    "catalog:export": Route(only(OPERATOR)),
    "catalog:editions": Route(
        only(OPERATOR), "GET POST", place=places.two_editions, data=_two_editions, is_shared=True
    ),
    "wizard:catalog_usage": Route(only(OPERATOR)),
    "catalog:import": Route(only(OPERATOR), place=places.catalog_import, is_shared=True),
    "catalog:decide_import": Route(only(OPERATOR), "POST", place=places.catalog_import, is_shared=True),
    "catalog:discard_import": Route(only(OPERATOR), "POST", place=places.catalog_import, is_shared=True),
    "exports:exports": Route(READERS, "GET POST", place=places.version),
    "exports:notice": Route(READERS, "POST"),
    "exports:job": Route(READERS, place=places.export_job),
    "exports:download": Route(READERS, place=places.export_job),
    "exports:cancel": Route(ARRANGERS, "POST", place=places.export_job),  # and who has asked for it
    "exports:house_styles": Route(ARRANGERS),
    "exports:add_house_style": Route(ARRANGERS, "GET POST"),
    "exports:add_paper": Route(ARRANGERS, "GET POST"),
    "exports:house_style": Route(ARRANGERS, "GET POST", place=places.house_style),
    "exports:house_style_sample": Route(ARRANGERS, place=places.house_style),
    "exports:accept_house_style": Route(ARRANGERS, "POST", place=places.house_style),
    "exports:discard_house_style": Route(ARRANGERS, "GET POST", place=places.house_style),
    "exports:default_house_style": Route(ARRANGERS, "POST", place=places.house_style),
    "exports:retire_house_style": Route(ARRANGERS, "GET POST", place=places.house_style),
    "wizard:start": Route(any_role()),
    "wizard:help": Route(open_to_all()),
    "wizard:questions": Route(open_to_all()),
    "web:accessibility": Route(open_to_all()),
    "web:accessibility_results": Route(open_to_all()),
    "web:policy_report": Route(open_to_all(), "POST"),
    "wizard:new_plan": Route(ARRANGERS, "GET POST"),
    "wizard:copy_plan": Route(ARRANGERS, "POST"),
    "wizard:plan_from_example": Route(ARRANGERS, "POST"),
    "wizard:import_plan": Route(ARRANGERS, "POST"),
    "wizard:home": Route(READERS, place=places.version),
    "wizard:search": Route(READERS, place=places.version),
    "wizard:walk": Route(READERS, place=places.version),
    "wizard:step": Route(READERS, "GET POST", place=places.step, writes=WRITERS),
    "wizard:measures": Route(READERS, place=places.version),
    "wizard:add_measure": Route(ARRANGERS, "POST", place=places.version),
    "wizard:renumber_measures": Route(ARRANGERS, "GET POST", place=places.version),
    "wizard:measure": Route(READERS, "GET POST", place=places.measure, writes=WRITERS),
    "wizard:duplicate_measure": Route(ARRANGERS, "POST", place=places.measure),
    "wizard:move_measure": Route(ARRANGERS, "POST", place=places.measure),
    "wizard:delete_measure": Route(ARRANGERS, "GET POST", place=places.measure),
    "wizard:take_back_measure": Route(ARRANGERS, "POST", place=places.deleted_measure),
    "wizard:drop_adoption": Route(WRITERS, "GET POST", place=places.adopted),
    "wizard:national_measures": Route(READERS, place=places.version),
    "wizard:national_measure": Route(READERS, place=places.entry_beside_a_plan),
    "wizard:adopt_many": Route(ARRANGERS, "POST", place=places.version),
    "wizard:national_changes": Route(READERS, place=places.version),
    "wizard:decide_national_change": Route(ARRANGERS, "POST", place=places.version),
    "wizard:adopt": Route(ARRANGERS, "POST", place=places.entry_beside_a_plan),
    "wizard:preview": Route(READERS, place=places.version),
    "wizard:preview_part": Route(READERS, place=places.part),
    "wizard:preview_beside": Route(READERS, place=places.part),
    "wizard:guide": Route(READERS, place=places.part),
    "wizard:guide_beside": Route(READERS, place=places.part),
    "wizard:hints": Route(READERS, "GET POST", place=places.part, writes=WRITERS),
    "wizard:hints_beside": Route(READERS, place=places.part),
    "wizard:plan_hints": Route(READERS, place=places.version),
    "wizard:dictionary": Route(ARRANGERS, "GET POST"),
    "wizard:dictionary_word": Route(ARRANGERS, "GET POST", place=places.dictionary_word),
    "wizard:drop_word": Route(ARRANGERS, "GET POST", place=places.dictionary_word),
    "wizard:import_dictionary": Route(ARRANGERS, "GET POST"),
    "wizard:export_dictionary": Route(ARRANGERS),
    "wizard:choose_rules": Route(ARRANGERS, "POST"),
    "wizard:note": Route(ARRANGERS, "GET POST", place=places.field),
    "wizard:draft": Route(WRITERS, "GET POST", place=places.part),
    "wizard:picture": Route(WRITERS, "GET POST", place=places.picture_field),
    "wizard:paste": Route(WRITERS, "GET POST", place=places.rows_field),
    "wizard:said": Route(WRITERS, "POST", place=places.part),
    "wizard:history": Route(READERS, place=places.part),
    "wizard:edit": Route(READERS, place=places.edit),
    "wizard:restore": Route(WRITERS, "GET POST", place=places.edit),
    "wizard:answers": Route(READERS, place=places.part),
    "wizard:resolve": Route(WRITERS, "POST", place=places.part),
    "wizard:hand_in": Route(WRITERS, "POST", place=places.part),
    "wizard:take_in_hand": Route(WRITERS, "POST", place=places.part),
    "wizard:asset": Route(READERS, place=places.picture),
    "wizard:chapters": Route(ARRANGERS, place=places.version),
    "wizard:add_chapter": Route(ARRANGERS, "POST", place=places.version),
    "wizard:change_chapter": Route(ARRANGERS, "POST", place=places.part),
    "wizard:delete_chapter": Route(ARRANGERS, "GET POST", place=places.free_chapter),
    "wizard:trash": Route(READERS, place=places.version),
    "wizard:take_back_chapter": Route(ARRANGERS, "POST", place=places.deleted_chapter),
    "wizard:copy_version": Route(ARRANGERS, "GET POST", place=places.version),
    "wizard:start_small": Route(ARRANGERS, "POST", place=places.version),
    "wizard:name_version": Route(ARRANGERS, "POST", place=places.version, data=_name_and_stage),
}

# The catalogue's administration makes its own routes, some for each model: one rule for all of them.
ADMIN = Route(only(OPERATOR), "GET POST")
ADMIN_EXCEPTIONS = {
    "admin:login": Route(dict.fromkeys(open_to_all(), SIGN_IN), "GET POST"),  # leads to the one sign-in page
    "admin:jsi18n": Route(only(OPERATOR)),
    # What plans may cite is switched off, never deleted.
    "admin:catalog_law_delete": Route(only(), "GET POST"),
    "admin:catalog_nationaldocument_delete": Route(only(), "GET POST"),
    "admin:catalog_nationalmeasure_delete": Route(only(), "GET POST"),
}


def route_of(name: str) -> Route | None:
    if name.startswith("admin:"):
        return ADMIN_EXCEPTIONS.get(name, ADMIN)
    return ACCESS.get(name)
