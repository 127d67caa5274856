"""What the checklist asks beside a field: its items in our own short words, and the fields that answer them.

No item decides here whether a plan passes; its rule does.
"""

from __future__ import annotations

from dataclasses import dataclass

from planwizard.rules.operation import PROMPT_DAYS
from planwizard.rules.rule import Rule
from planwizard.rules.running import CHECKLIST


@dataclass(frozen=True, slots=True)
class Item:
    """``fields`` are declared paths after the key of their sheet: ``ch2.purpose_gov_data``, ``measure.kpis``."""

    id: str
    asks: str
    fields: tuple[str, ...]

    @property
    def rule(self) -> Rule:
        return RULE_OF[self.id]


RULE_OF = {rule.id: rule for rule in CHECKLIST}

ITEMS = (
    Item(
        "PU-01",
        "持っている情報をだれのために使うかが2章にあり、保有データの一覧か、オープンデータの施策が裏付けになっているか。",
        ("ch2.purpose_gov_data", "ch2.data_scope", "ch1.data_holdings"),
    ),
    Item(
        "PU-02",
        "書くなら、どの民間のデータを使うかまで示しているか。書かなくても減点はない。",
        ("ch2.purpose_private_data", "ch1.private_data", "measure.private_data_use"),
    ),
    Item(
        "PU-03",
        "2章にあり、時間・日数・件数・費用を減らす指標か、業務の見直しが裏付けになっているか。",
        ("ch2.purpose_workload", "measure.kpis", "measure.bpr"),
    ),
    Item(
        "PU-04",
        "課題が1件以上あり、その課題に結び付く施策があるか。",
        ("ch1.issues", "ch2.purpose_local_issues", "measure.issues"),
    ),
    Item(
        "PU-05",
        "住民と事業者の両方に触れているか。",
        ("ch2.purpose_convenience",),
    ),
    Item(
        "PU-06",
        "根拠を集めて使う方法が、4章の点検の仕組みか、施策の事例で示されているか。",
        ("ch2.purpose_ebpm", "ch4.pdca.data_use", "measure.ebpm_cases"),
    ),
    Item(
        "EX-01",
        "どの施策で進めるかまで示し、その施策に住民の利用か連携先があるか。",
        (
            "ch2.expected_effects.effect_civic",
            "measure.civic_use",
            "measure.partners",
            "ch4.partnerships",
        ),
    ),
    Item(
        "EX-02",
        "どの施策で減らすかと、減らす量の指標があるか。額の裏付けがあるとなおよい。",
        ("ch2.expected_effects.effect_cost", "measure.kpis", "measure.operating_cost"),
    ),
    Item(
        "EX-03",
        "はじめから終わりまで電子で完結する手続が、施策に1件以上あるか。",
        ("ch2.expected_effects.effect_digital_first", "measure.end_to_end"),
    ),
    Item(
        "EX-04",
        "複数の手続を一度で済ませる施策があるか。民間の手続も含むとなおよい。",
        ("ch2.expected_effects.effect_one_stop", "measure.bundled_with"),
    ),
    Item(
        "EX-05",
        "同じ情報を二度求めない施策か、データ連携の施策があるか。",
        ("ch2.expected_effects.effect_once_only", "measure.once_only_items"),
    ),
    Item(
        "ME-01",
        "5章に方針があり、施策に1件以上の具体があるか。",
        ("ch5.policy_tech_env", "measure.tech_environment"),
    ),
    Item(
        "ME-02",
        "5章に方針があり、半数以上の施策に具体があるか。",
        ("ch5.policy_enablers", "measure.enabling_actions"),
    ),
    Item(
        "ME-03",
        "始まりと終わりがあり、施策の工程と目標年度がその中に収まっているか。",
        ("basics.period_start_fy", "basics.period_end_fy", "measure.schedule", "measure.kpis.target_fy"),
    ),
    Item(
        "ME-04",
        "施策ごとに指標が1つ以上あり、単位・現状値と時点・目標値と目標年度・定義が埋まっているか。",
        (
            "measure.kpis",
            "measure.kpis.definition",
            "measure.kpis.baseline_value",
            "measure.kpis.target_value",
            "measure.kpis.no_number_reason",
        ),
    ),
    Item(
        "ME-05",
        "いつ、だれが点検し、公表し、いつ見直すかと、2段階以上の評価の基準があるか。",
        (
            "ch4.pdca",
            "ch4.pdca.frequency",
            "ch4.pdca.actor",
            "ch4.pdca.published",
            "ch4.evaluation_scale",
            "basics.review_policy",
        ),
    ),
    Item(
        "OP-01",
        "問い合わせ先、公表ページ、更新の決まりが埋まっているか。公表した後は記録で判定する。",
        (
            "basics.contact_department",
            "basics.contact_phone",
            "basics.contact_email",
            "basics.publication_url",
            "ch4.update_policy",
            "appendix.publications",
        ),
    ),
    Item(
        "OP-02",
        f"改定の版では、策定の日から公表の日までが{PROMPT_DAYS}日（市町村が決めたときは、その日数）以内か。",
        ("ch4.update_policy", "basics.adopted_on", "basics.published_on"),
    ),
    Item(
        "OP-03",
        "二つ以上の部局が入り、年に1回以上の会議があるか。",
        ("ch4.internal_org", "ch4.internal_org.members", "ch4.internal_org.meetings_per_year"),
    ),
    Item(
        "OP-04",
        "推進の条例があれば示しているか。無くても減点はない。",
        ("ch3.ordinance_refs",),
    ),
)


def items_on(field: str) -> tuple[Item, ...]:
    """What the checklist asks at one field, by its declared path after the key of its sheet."""
    return tuple(item for item in ITEMS if field in item.fields)
