"""利用者ID: what a person types to sign in."""

import re

from django.core.exceptions import ValidationError

_USERNAME = re.compile(r"[A-Za-z0-9._@-]{3,60}\Z")


def validate_username(username: str) -> None:
    if not _USERNAME.match(username):
        raise ValidationError("利用者IDは半角の英数字と . _ @ - で、3文字以上60文字以内で入力してください。")
