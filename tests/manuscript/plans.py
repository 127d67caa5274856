"""Plans of the invented town 潮見野市, as plain values."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from planwizard.blueprint import edition
from planwizard.blueprint.content import AdoptionContent, PartContent, PlanContent, Value

EDITION = edition("municipal-2019-10")
NAMES = {
    "department": {
        "d000000001": "総合政策部デジタル推進課",
        "d000000002": "こども未来部子育て支援課",
        "d000000003": "市民部市民課",
    },
    "national_document": {"priority-2025": "デジタル社会の実現に向けた重点計画（令和7年6月13日閣議決定）"},
    "law": {
        "act-9-3": "官民データ活用推進基本法（平成28年法律第103号）第9条第3項",
        "act-10": "官民データ活用推進基本法第10条",
        "privacy-act": "個人情報の保護に関する法律",
    },
    "national_measure": {"2026-11-a/1": "子育て・介護関係の手続のオンライン化（説明題）"},
}


def flat(answers: Mapping[Any, Any], prefix: str = "", *, name: str = "k") -> dict[str, Value]:
    """Nested answers as ``{path: value}``: a list of mappings is rows, a mapping is a group or years."""
    count = itertools.count(1)
    values: dict[str, Value] = {}

    def fill(answers: Mapping[Any, Any], prefix: str) -> None:
        for key, value in answers.items():
            path = f"{prefix}{key}"
            if isinstance(value, Mapping):
                fill(value, f"{path}.")
            elif isinstance(value, list) and value and isinstance(value[0], Mapping):
                keys = [row.get("key", f"{name}{next(count):0{10 - len(name)}d}") for row in value]
                values[path] = keys
                for row_key, row in zip(keys, value, strict=True):
                    fill({each: row[each] for each in row if each != "key"}, f"{path}.{row_key}.")
            elif value not in ("", [], None):
                values[path] = value

    fill(answers, prefix)
    return values


BASICS: dict[str, Any] = {
    "municipality_code": "992011",
    "municipality_name": "潮見野市",
    "prefecture_name": "汐路県",
    "plan_title": "潮見野市デジタル推進計画（潮見野市官民データ活用推進計画）",
    "period_start_fy": 2026,
    "period_end_fy": 2030,
    "period_reason": "第3次潮見野市総合計画前期基本計画の終期に合わせる。",
    "review_policy": "毎年度6月に点検し、令和10年度に中間見直しを行う。",
    "adopted_on": "2026-03-25",
    "contact_department": "d000000001",
    "contact_phone": "000-000-0000",
    "publication_url": "https://www.example.lg.jp/digital/plan",
    "license": "cc_by",
    "foreword": "本市は、待たせない市役所を目指してきました。\n\n令和8年3月\n潮見野市長",
}
CH1: dict[str, Any] = {
    "population": "84312",
    "population_as_of": "2025-10-01",
    "population_source": "resident_register",
    "aging_rate": "31.8",
    "area_features": "沿岸部と丘陵部に分かれ、旧2町の役場が支所として残る。",
    "population_projection": [{"fy": 2030, "value": "80100", "source": "市人口ビジョン"}],
    "digital_indicators": [
        {"name": "マイナンバーカード保有率", "value": "79.2", "unit": "%", "as_of": "2025-09-30", "key": "e000000001"},
        {"name": "オンラインで申請できる手続", "value": "38", "unit": "手続", "as_of": "2025-09-30"},
    ],
    "issues": [
        {
            "key": "i000000001",
            "title": "窓口に来なければ終わらない手続が多い",
            "description": "子育ての22手続のうち、来庁せずに終わるものは4手続にとどまる。",
            "evidence_ref": ["e000000001"],
            "pillar": ["online"],
        },
        {
            "key": "i000000002",
            "title": "旧町域の高齢世帯が来庁しづらい",
            "description": "旧町域の高齢化率は41%で、路線バスは1日4便である。",
            "pillar": ["divide"],
        },
    ],
}  # fmt: skip
CH2: dict[str, Any] = {
    "data_scope": ["government"],
    "vision": "待たせない、取り残さない、データで決める潮見野",
    "purpose_gov_data": "防災と交通の情報を機械で読める形で公開する。",
    "purpose_local_issues": {"description": "来庁のしづらさを減らす。", "issue_refs": ["i000000002"]},
    "expected_effects": {
        "effect_digital_first": {
            "description": "申請ははじめからネットで行う。",
            "measure_refs": ["m000000001"],
        }
    },
    "sdgs": ["goal_11", "goal_16"],
}
CH3: dict[str, Any] = {
    "legal_basis": ["act-9-3"],
    "national_plan_ref": "priority-2025",
    "prefectural_plan_ref": {"title": "汐路県デジタル推進計画", "adopted_on": "2024-03-28"},
    "parent_plans": [{"title": "第3次潮見野市総合計画", "period": "令和4～13年度", "clause": "政策5-2"}],
    "related_plans": [
        {"title": "第4次行政改革大綱", "relation": "紙の削減と連動"},
        {"title": "地域防災計画"},
    ],
    "scope": "市長部局、教育委員会、上下水道局を対象とする。",
    "ch3_text": "■ 位置付け\n本計画は、上位計画の下に定める。\n■ 計画の期間\n計画の期間は、令和8～12年度の5年間とする。",
}
CH4: dict[str, Any] = {
    "head_title": "市長（推進本部長）",
    "cio_title": "副市長",
    "ciso_title": "総合政策部長",
    "secretariat": "d000000001",
    "internal_org": {
        "name": "潮見野市デジタル推進本部",
        "chair": "市長",
        "members": [{"name": "総合政策部長"}, {"name": "市民部長"}],
        "meetings_per_year": "3",
        "meeting_months": "6・11・2月",
    },
    "working_groups": [{"name": "窓口改革部会", "theme": "書かない窓口"}],
    "dept_promoters": {"exists": True, "count": "32", "role": "所属の取組を進める。"},
    "external_body": {"name": "デジタル推進懇談会", "members": "学識、商工、福祉", "meetings_per_year": "2"},
    "pdca": {
        "frequency": "毎年6月",
        "actor": "事務局",
        "data_use": "翌年度の予算編成に使う。",
        "published": True,
    },
    "evaluation_scale": [
        {"code": "A", "label": "予定より進む", "rule": "目標を上回る。"},
        {"code": "B", "label": "予定どおり", "rule": "目標と同じである。"},
    ],
    "update_policy": "改定の決裁から10日以内に市のウェブサイトを更新する。",
}
CH5: dict[str, Any] = {
    "policy_overall": "来庁しない手続を第1とする。",
    "pillar_policy": {
        "online": {"stance": "act", "text": "原則として全ての申請をネットで受け付ける。", "priority": True},
        "standard": {"stance": "skip", "skip_reason": "移行は令和7年度に終えた。"},
    },
    "key_measures": ["m000000001"],
}
CH7: dict[str, Any] = {
    "security_laws": ["privacy-act"],
    "security_ordinances": [{"title": "潮見野市情報セキュリティに関する規則", "number": "令和3年規則第8号"}],
    "privacy_policy": "目的外の利用をせず、委託先は契約で監査できるようにする。",
}
APPENDIX: dict[str, Any] = {
    "preparation_history": [{"date": "2025-06-12", "body": "第1回推進本部", "content": "体制を了承した。"}],
    "glossary": [{"term": "EBPM", "description": "証拠に基づく政策立案。"}],
    "public_comment": {
        "from": "2026-01-08",
        "to": "2026-02-06",
        "n_opinions": "1",
        "opinions": [{"kind": "proposal", "opinion": "講座を増やしてほしい。", "reply": "増やします。", "handling": "revised"}],
    },
}  # fmt: skip
MEASURE: dict[str, Any] = {
    "kind": "national",
    "novelty": "expanded",
    "national_measures": ["2026-11-a/1"],
    "act_article": "act-10",
    "issues": ["i000000001"],
    "current_state": "申請の82%が来庁である。書類の不備による再来庁が月41件ある。",
    "goal_statement": "子育て世帯が一度も来庁せずに手続を終える。",
    "actions": "・対象22手続の様式を見直す\n・本人確認をマイナンバーカードで行う",
    "target_users": "0〜6歳の子のいる世帯（約2,900世帯）",
    "kpis": [
        {
            "name": "子育て手続のオンライン申請割合",
            "kind": "outcome",
            "definition": "オンライン申請件数÷当該22手続の全申請件数",
            "unit": "percent",
            "direction": "up",
            "cumulative": "yearly",
            "baseline_value": "18.0",
            "baseline_fy": 2025,
            "source": "子育て支援課が四半期ごとに集計",
            "target_value": "70.0",
            "target_fy": 2030,
            "targets": {2026: {"value": "30"}, 2027: {"value": "42"}, 2028: {"value": "55"}},
        },
        {
            "name": "オンライン化した手続",
            "kind": "output",
            "unit": "procedures",
            "baseline_value": "4",
            "baseline_fy": 2025,
            "target_value": "1234",
            "target_fy": 2030,
        },
    ],
    "schedule": [
        {
            "item": "様式の見直しと試行",
            "start_fy": 2026,
            "end_fy": 2027,
            "cells": {
                2026: {"status": "prepare", "text": "様式"},
                2027: {"status": "trial", "text": "12手続"},
            },
        },
        {"item": "全手続の開始", "start_fy": 2028, "end_fy": 2030},
    ],
    "milestones": [{"fy": 2027, "quarter": "q1", "text": "条例改正の施行"}],
    "budget": [
        {"fy": 2026, "amount": "8000", "kind": "initial"},
        {"fy": 2026, "amount": "400", "kind": "operating"},
        {"fy": 2027, "amount": "1200", "kind": "operating"},
    ],
    "funding": [{"fy": 2026, "source": "地域未来交付金", "rate": "1/2", "amount": "4200"}],
    "budget_status": "appropriated",
    "procedures": [
        {"name": "児童手当の認定請求", "annual_count": "540", "method": "counter", "online_from_fy": 2027},
        {"name": "保育の利用申込み", "annual_count": "1210", "method": "counter", "online_from_fy": 2027},
    ],
    "platform": ["e_application"],
    "end_to_end": "complete",
}
ADOPTION = AdoptionContent(
    edition_code="2026-11-a",
    code="1",
    title="子育て・介護関係の手続のオンライン化",
    title_kind="descriptive",
    status="unknown",
    wording="子育てと介護の手続をオンラインで行えるようにする。",
    source="施策集 12頁",
)
CHAPTERS = {"basics": BASICS, "ch1": CH1, "ch2": CH2, "ch3": CH3, "ch4": CH4, "ch5": CH5, "ch7": CH7, "appendix": APPENDIX}  # fmt: skip


def part(key: str, answers: Mapping[str, Any], **columns: Any) -> PartContent:
    """A fixed step or, with ``kind="chapter"`` and a key of its own, a free chapter."""
    kind = columns.pop("kind", None) or (EDITION.sheet(key).kind if EDITION.is_fixed(key) else "chapter")
    pillar = next((each.key for each in EDITION.pillars if each.part_key == key), "")
    title = columns.pop("title", EDITION.sheet_for(kind, key, pillar).title)
    values = flat(answers, name=key.replace("-", "")[:6].ljust(3, "x"))
    return PartContent(key, kind, title, 0, values, pillar=columns.pop("pillar", pillar), **columns)


def measure(number: int = 1, pillar: str = "online", /, **answers: Any) -> PartContent:
    """A measure that answers everything ``MEASURE`` answers, with some answers replaced."""
    values = flat({**MEASURE, **answers}, name=f"r{number:05d}x")
    mark = next(each.mark for each in EDITION.pillars if each.key == pillar)
    return PartContent(
        key=f"m{number:09d}",
        kind="measure",
        title="子育て手続をスマートフォンで完結させる",
        position=number,
        values=values,
        pillar=pillar,
        measure_no=f"6-{mark}-{number:02d}",
        department="d000000002",
        adoptions=(ADOPTION,),
    )


def plan(answers: Mapping[str, Any] = CHAPTERS, measures: tuple[PartContent, ...] = (), **columns: Any) -> PlanContent:  # fmt: skip
    """A plan with all fixed parts in the order of the template and ``measures`` under their areas."""
    parts: list[PartContent] = []
    for sheet in EDITION.sheets:
        step = part(sheet.key, answers.get(sheet.key, {}))
        parts.append(step)
        if step.kind == "area":
            parts += [each for each in measures if each.pillar == step.pillar]
    content = PlanContent(
        edition=EDITION.code,
        identifier="6f1d2c3b-0000-4000-8000-000000000001",
        stage="draft",
        version_label="第3版",
        modified=datetime(2026, 11, 23, 1, 32, tzinfo=UTC),
        parts=tuple(parts),
        names=NAMES,
    )
    return replace(content, **columns)


def empty() -> PlanContent:
    """A plan that was just begun: only the town is known."""
    town = {"municipality_code": "992011", "municipality_name": "潮見野市", "prefecture_name": "汐路県"}
    return plan({"basics": town})


def small() -> PlanContent:
    """Every chapter with some answers and two measures."""
    return plan(measures=(measure(1), measure(2, "divide", issues=["i000000002"])))


def large(count: int = 200) -> PlanContent:
    """``count`` measures spread over the five areas."""
    pillars = [each.key for each in EDITION.pillars]
    return plan(measures=tuple(measure(nth, pillars[nth % 5]) for nth in range(1, count + 1)))


def decided(content: PlanContent) -> PlanContent:
    return replace(content, decided_on=date(2026, 3, 25))
