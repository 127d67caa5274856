"""Codes of the catalogue's laws that a new plan starts with. Their titles and numbers live in the catalogue."""

PLAN_BASIS = ("act-9-3",)  # 官民データ活用推進基本法9条3項
SECURITY = ("cybersecurity-act", "privacy-act", "my-number-act", "local-autonomy-act")
