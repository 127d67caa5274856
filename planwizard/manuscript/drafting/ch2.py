"""2章 目的: what the plan is for, the town it leads to, the effects and the measures that bring them."""

from __future__ import annotations

from planwizard.blueprint import options
from planwizard.blueprint.content import Answers
from planwizard.manuscript.drafting.entries import caption, issues, labels
from planwizard.manuscript.drafting.wording import (
    bare,
    chapter,
    flowing,
    items,
    joined,
    noted,
    numbered,
    paragraph,
    quoted,
    section,
)
from planwizard.manuscript.material import Material

PURPOSES = (
    "purpose_gov_data",
    "purpose_private_data",
    "purpose_workload",
    "purpose_local_issues",
    "purpose_convenience",
    "purpose_ebpm",
)
EFFECTS = ("effect_civic", "effect_cost", "effect_digital_first", "effect_one_stop", "effect_once_only")


def draft(material: Material, *, brief: bool = False) -> str:
    """``brief``: the effects by name and measures only; their table says the rest."""
    answers = material.answers("ch2")
    return chapter(
        section("計画の目的", _purposes(material, answers)),
        section("目指す姿", _vision(material, answers)),
        section("期待される効果", _effects(material, answers, brief)),
    )


def _purposes(material: Material, answers: Answers) -> str:
    scope = joined(labels(options.DATA_SCOPES, answers.keys("data_scope")))
    aimed_at = f"{scope}を対象とし、" if scope else ""
    purposes = [(key, text) for key in PURPOSES if (text := _purpose(material, answers, key))]
    if not purposes:
        return f"{material.short_title}は、{scope}を対象とする。" if scope else ""
    if len(purposes) == 1:
        ((key, text),) = purposes
        return f"{material.short_title}は、{aimed_at}{caption(material, 'ch2', key)}を目的とする。{text}"
    lines = [f"{caption(material, 'ch2', key)}　{text}" for key, text in purposes]
    return f"{material.short_title}は、{aimed_at}次のことを目的とする。\n{numbered(lines)}"


def _purpose(material: Material, answers: Answers, key: str) -> str:
    if key == "purpose_local_issues":
        return flowing(answers.text(f"{key}.description")) + _issues(
            material, answers.keys(f"{key}.issue_refs")
        )
    return flowing(answers.text(key))


def _issues(material: Material, keys: list[str]) -> str:
    titles = issues(material, keys)
    return f"取り上げる課題は、{joined(titles)}である。" if titles else ""


def _vision(material: Material, answers: Answers) -> str:
    vision = bare(answers.text("vision"))
    goals = joined(labels(options.SDGS, answers.keys("sdgs")))
    return paragraph(
        f"{material.short_title}の目指す姿は、{quoted(vision)}である。" if vision else "",
        f"持続可能な開発目標（SDGs）のうち、{material.short_title}に関わるものは、{goals}である。"
        if goals
        else "",
    )


def _effects(material: Material, answers: Answers, brief: bool) -> str:
    effects = [line for line in (_effect(material, answers, key, brief) for key in EFFECTS) if line]
    start = f"{material.short_title}により期待する効果は、次のとおりである。"
    return f"{start}\n{items(effects)}" if effects else ""


def _effect(material: Material, answers: Answers, key: str, brief: bool) -> str:
    """The effect and the numbers of its measures; a link to a measure that is gone says nothing."""
    effect = answers.at(f"expected_effects.{key}")
    description = flowing(effect.text("description"))
    numbers = noted(material.measure_numbers(effect.keys("measure_refs")))
    if not description and not numbers:
        return ""
    name = caption(material, "ch2", f"expected_effects.{key}")
    return f"{name}{numbers}：{description}" if description and not brief else f"{name}{numbers}"
