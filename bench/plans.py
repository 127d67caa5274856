"""Plans of 10, 40 and 200 measures, the same at every run: the demo plan's own words, dealt anew by a fixed seed.

A measure of such a plan takes each of its fields from some measure of the same area in ``fixtures/demo``, so texts,
tables, targets and schedules are as long as a municipality writes them, and no two sheets are alike.
"""

from __future__ import annotations

import json
import random
import string
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SIZES = {"S": 10, "M": 40, "L": 200}
SEED = "planwizard 2026"
AREAS = {"online": "①", "open_data": "②", "mynumber": "③", "divide": "④", "standard": "⑤"}
DEMO = Path(__file__).resolve().parents[1] / "fixtures" / "demo" / "shiomino.json"
# What a municipality writes on each of so many sheets; the demo's sheets, with every field, are twice as long.
WRITTEN = (
    *("own_pillar", "kind", "act_article", "novelty", "is_priority", "related_departments", "issues"),
    *("current_state", "goal_statement", "actions", "target_users", "enabling_actions", "kpis", "schedule"),
    *("budget", "funding", "budget_status"),
)
MOST_ROWS = {"kpis": 2, "schedule": 2}
# Part of one decision, so never from different sheets.
TOGETHER = {"kind": "kind", "act_article": "kind", "funding": "budget", "budget_status": "budget"}

Values = dict[str, Any]
Part = dict[str, Any]


def plan(measures: int) -> dict[str, Any]:
    """A plan.json with that many measures."""
    demo = json.loads(DEMO.read_text(encoding="utf-8"))
    models = [part for part in demo["parts"] if part["kind"] == "measure"]
    dealer = _Dealer(random.Random(f"{SEED}/{measures}"), models)  # noqa: S311 (a bench, no secret)
    dealt = [dealer.measure(number) for number in range(measures)]
    renamed = {model["key"]: dealt[at % measures]["key"] for at, model in enumerate(models)}
    parts = [part for part in demo["parts"] if part["kind"] != "measure"]
    return demo | {"parts": [_pointing(part, renamed) for part in (*parts, *dealt)]}


def data(measures: int) -> bytes:
    """The same as the bytes of a file."""
    return json.dumps(plan(measures), ensure_ascii=False).encode()


class _Dealer:
    def __init__(self, chance: random.Random, models: list[Part]) -> None:
        self.chance = chance
        self.models = {area: [part for part in models if part["pillar"] == area] for area in AREAS}

    def measure(self, number: int) -> Part:
        """One sheet after the other goes to the five areas in turn."""
        area = list(AREAS)[number % len(AREAS)]
        place = number // len(AREAS)
        models = self.models[area]
        model = models[place % len(models)]
        return {
            **model,
            "key": self._key(),
            "title": f"{model['title']}（第{place // len(models) + 1}期）",
            "position": place,
            "measure_no": f"6-{AREAS[area]}-{place + 1:02}",
            "values": self._values(model, models),
        }

    def _values(self, model: Part, models: list[Part]) -> Values:
        donors = {"kind": model, "own_pillar": model}  # what was adopted belongs to the model
        values: Values = {}
        for field in WRITTEN:
            donor = donors.setdefault(TOGETHER.get(field, field), self.chance.choice(models))
            values |= self._field(field, donor["values"])
        return values

    def _field(self, field: str, values: Values) -> Values:
        """A field's answers, with new keys for its rows: no two rows of a plan have the same."""
        if not any(path.startswith(f"{field}.") for path in values):
            return {field: values[field]} if field in values else {}
        renamed = {key: self._key() for key in values[field][: MOST_ROWS.get(field)]}
        found = {field: list(renamed.values())}
        for path, value in values.items():
            top, _, rest = path.partition(".")
            key, _, column = rest.partition(".")
            if top == field and key in renamed:
                found[f"{field}.{renamed[key]}.{column}"] = value
        return found

    def _key(self) -> str:
        letters = self.chance.choices(string.ascii_lowercase + string.digits, k=9)
        return self.chance.choice(string.ascii_lowercase) + "".join(letters)


def _renamed(value: Any, renamed: Mapping[str, str]) -> Any:
    return [renamed.get(item, item) for item in value] if isinstance(value, list) else value


def _pointing(part: Part, renamed: Mapping[str, str]) -> Part:
    """The part with what it says of the demo's measures said of those dealt here, each once."""
    values = {
        path: list(dict.fromkeys(_renamed(value, renamed))) if isinstance(value, list) else value
        for path, value in part["values"].items()
    }
    return part | {"values": values}
