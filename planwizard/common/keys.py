"""Keys of parts and rows, and the ids of the blocks that come from them."""

import re
import secrets

ROW_KEY = re.compile(r"[a-z][a-z0-9]{9}\Z")
_FIRST = "abcdefghijklmnopqrstuvwxyz"
_REST = _FIRST + "0123456789"


def new_key() -> str:
    """A letter and nine of ``[a-z0-9]``, made once and kept by copies, exports and imports."""
    return secrets.choice(_FIRST) + "".join(secrets.choice(_REST) for _ in range(9))


def is_key(text: str) -> bool:
    return ROW_KEY.match(text) is not None


def block_id(*pieces: str | int) -> str:
    """The id of a block: part key, field or row key, running number.

    ``block_id("ch2", "purpose_gov_data", 1)`` is ``ch2-purpose-gov-data-1``.
    """
    return "-".join(str(piece) for piece in pieces if piece != "").replace("_", "-")
