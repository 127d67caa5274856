"""全国地方公共団体コード: five digits and a check digit (総務省「全国地方公共団体コード」の検査数字)."""

from django.core.exceptions import ValidationError


def check_digit(five: str) -> str:
    """The sixth digit: 11 minus the remainder by 11 of the sum weighted 6, 5, 4, 3, 2; its last figure."""
    total = sum(weight * int(digit) for weight, digit in zip(range(6, 1, -1), five, strict=True))
    return str(11 - total % 11)[-1]


def is_municipality_code(code: str) -> bool:
    return len(code) == 6 and code.isascii() and code.isdigit() and check_digit(code[:5]) == code[5]


def validate_municipality_code(code: str) -> None:
    if not is_municipality_code(code):
        raise ValidationError("市町村コードは検査数字を含む6桁の数字で入力してください（例：992011）。")
