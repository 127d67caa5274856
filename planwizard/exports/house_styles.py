"""House styles of a town: brought in as a draft, looked at, accepted, made the default, retired.

A file from outside is read by a child process with limits and is never kept as the base it came as.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Max, Sum

from planwizard.accounts.member import Member
from planwizard.accounts.models import Municipality
from planwizard.document.docx.guard import BROKEN, MAX_BYTES, TOO_LARGE, HouseStyleRefused
from planwizard.document.paper import PaperSettings
from planwizard.exports.models import HouseStyle, house_styles_folder
from planwizard.exports.order import PLAIN, House
from planwizard.web import confined

TOWN_QUOTA = 200 * 2**20
FULL = (
    "この市町村で預かる書式が200MBに達しています。確かめている途中の書式を捨てるか、"
    "画像を減らしたファイルにしてください。"
)


def bring(name: str, data: bytes, file_name: str, *, by: Member, at: datetime) -> HouseStyle:
    """A draft from a .docx or .dotx, as the next version under its name. Raises HouseStyleRefused."""
    if len(data) > MAX_BYTES:
        raise HouseStyleRefused(TOO_LARGE)
    facts, base, sample = _examined({"chosen": {}}, data)
    return _store(name, facts, (data, base, sample), by=by, at=at, original_name=file_name[-100:])


def prescribe(name: str, settings: PaperSettings, *, by: Member, at: datetime) -> HouseStyle:
    """A draft of paper without a file. Raises HouseStyleRefused."""
    facts, base, sample = _examined({"settings": settings.to_json()}, b"")
    return _store(name, facts, (b"", base, sample), by=by, at=at)


def map_by_hand(style: HouseStyle, chosen: Mapping[str, str]) -> None:
    """Examine a draft's file anew with the styles a person chose: {role: style id, or "" for ours}."""
    original = style.path_of(style.original).read_bytes()
    facts, base, sample = _examined({"chosen": dict(chosen)}, original)
    values = {**_values(facts, (original, base, sample)), "chosen": dict(chosen)}
    _put(style.municipality_id, (base, sample))
    HouseStyle.objects.filter(pk=style.pk, accepted_at=None).update(**values)
    _clear(style, {style.adopted, style.sample, values["adopted"], values["sample"]})


def accept(style: HouseStyle, *, by: Member, at: datetime) -> bool:
    """Take a draft into use in place of the earlier version of its name. False if somebody did it before."""
    with transaction.atomic():
        _take_turns(style.municipality_id)
        taken = HouseStyle.objects.filter(pk=style.pk, accepted_at=None)
        if not taken.update(accepted_at=at, accepted_by=by.user):
            return False
        earlier = HouseStyle.objects.in_use().filter(name=style.name).exclude(pk=style.pk)
        was_default = earlier.filter(is_default=True).exists()
        earlier.update(is_default=False, retired_at=at)
        if was_default:
            HouseStyle.objects.filter(pk=style.pk).update(is_default=True)
        return True


def discard(style: HouseStyle) -> bool:
    """Remove a draft with its files. False if it has been accepted."""
    with transaction.atomic():
        _take_turns(style.municipality_id)
        deleted, _ = HouseStyle.objects.filter(pk=style.pk, accepted_at=None).delete()
        transaction.on_commit(lambda: _clear(style, {style.original, style.adopted, style.sample}))
    return bool(deleted)


def make_default(style: HouseStyle) -> bool:
    """The one that is chosen beforehand. False if it is not in use."""
    with transaction.atomic():
        _take_turns(style.municipality_id)
        if not HouseStyle.objects.in_use().filter(pk=style.pk).exists():
            return False
        HouseStyle.objects.filter(is_default=True).update(is_default=False)
        HouseStyle.objects.filter(pk=style.pk).update(is_default=True)
        return True


def clear_default(style: HouseStyle) -> None:
    """From now on our own look is chosen beforehand."""
    HouseStyle.objects.filter(pk=style.pk).update(is_default=False)


def retire(style: HouseStyle, *, at: datetime) -> bool:
    """No file is made in it any more; what was asked for before still is. False if it was not in use."""
    return bool(HouseStyle.objects.in_use().filter(pk=style.pk).update(is_default=False, retired_at=at))


def house_of(style: HouseStyle | None) -> House:
    """What the maker of a file is told."""
    if style is None:
        return PLAIN
    if not style.has_file:
        return House(style.paper_settings)
    folder = str(house_styles_folder(style.municipality_id))
    return House(style.paper_settings, folder, style.adopted, style.mapping)


def _take_turns(municipality_id: object) -> None:
    """Two who decide at once wait for each other; the constraint of one default would refuse the second."""
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality_id)


# --- reading and keeping files -------------------------------------------------------------------------------


def _examined(asked: Mapping[str, Any], data: bytes) -> tuple[dict[str, Any], bytes, bytes]:
    head = json.dumps(asked).encode() + b"\n"
    try:
        said, _, files = confined.run("planwizard.document.docx.examining", head + data).partition(b"\n")
    except confined.Gone:
        raise HouseStyleRefused(BROKEN) from None
    facts = json.loads(said)
    if "refused" in facts:
        raise HouseStyleRefused(facts["refused"])
    return facts, files[: facts["base_size"]], files[facts["base_size"] :]


def _store(
    name: str,
    facts: Mapping[str, Any],
    files: tuple[bytes, bytes, bytes],
    *,
    by: Member,
    at: datetime,
    original_name: str = "",
) -> HouseStyle:
    values = _values(facts, files)
    used = HouseStyle.objects.aggregate(used=Sum("size"))["used"] or 0
    if used + values["size"] > TOWN_QUOTA:
        raise HouseStyleRefused(FULL)
    _put(by.municipality.pk, files)
    with transaction.atomic():
        _take_turns(by.municipality.pk)
        last = HouseStyle.objects.filter(name=name).aggregate(last=Max("version"))["last"] or 0
        return HouseStyle.objects.create(
            municipality=by.municipality,
            name=name,
            version=last + 1,
            original_name=original_name,
            created_by=by.user,
            created_at=at,
            **values,
        )


def _values(facts: Mapping[str, Any], files: tuple[bytes, bytes, bytes]) -> dict[str, Any]:
    original, base, sample = files
    return {
        "original": _sha256(original),
        "adopted": _sha256(base),
        "sample": _sha256(sample),
        "size": sum(map(len, files)),
        "mapping": facts["facts"] or {},
        "paper": facts["settings"],
        "report": facts["report"],
    }


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest() if data else ""


def _put(municipality_id: object, files: tuple[bytes, ...]) -> None:
    """Under their hashes, whole or not at all."""
    folder = house_styles_folder(municipality_id)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for data in filter(None, files):
        path = folder / _sha256(data)
        partial = path.with_suffix(f".{uuid4().hex}.part")
        partial.write_bytes(data)
        partial.replace(path)


def _clear(style: HouseStyle, hashes: set[str]) -> None:
    """Those of its files that no style needs any more."""
    rows = HouseStyle.objects.values_list("original", "adopted", "sample")
    needed = {sha256 for row in rows for sha256 in row}
    for sha256 in hashes - needed - {""}:
        style.path_of(sha256).unlink(missing_ok=True)
