"""Passwords that are read from a screen or a slip of paper once, and changed at the first sign-in."""

import secrets

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without i, l, o, 0, 1


def new_password() -> str:
    """Four groups of five: about 99 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))
