"""The blanks of the template: 「○○市」 stands for the town whose plan it is, 「○○県」 for its prefecture."""

from __future__ import annotations


def filled(text: str, *, town: str, prefecture: str) -> str:
    """The text with the blanks filled. A name that is not known leaves its blank."""
    if "○○" not in text:
        return text
    text = text.replace("○○市", town).replace("○○町", town) if town else text
    return text.replace("○○県", prefecture) if prefecture else text
