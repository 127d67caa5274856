"""A second edition, from the file to the plan that took over what it changes. Without a script, as with one."""

from __future__ import annotations

import pytest
from django.urls import reverse

from planwizard.accounts.models import Role
from planwizard.catalog import imports
from planwizard.catalog.measures import NationalMeasure
from planwizard.plans import adoption
from planwizard.plans.models import NationalDecision
from tests.catalog.tables import EDITION, edition_file
from tests.factories import NOW, make_user, member_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NEWER = {"code": "TEST-2", "name": "試験の第2版", "is_active": "はい"}
FIRST = edition_file(
    {"title": "窓口の手続"}, {"code": "TEST-002", "title": "相談"}, {"code": "TEST-003", "title": "案内"}
)
SECOND = edition_file(
    {
        "title": "窓口の手続",
        "status": "後の版に置き換わった、または終わった",
        "replaced_by": "TEST-2/TEST-001",
    },
    {"code": "TEST-002", "title": "相談と案内"},
    {"code": "TEST-004", "title": "表紙の誤り", "area": "知らない柱"},
    {"edition": "TEST-2", "title": "書かない窓口"},
    editions=[EDITION, NEWER],
)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_second_edition_reaches_the_plan(open_as, officer, version, javascript):
    operator = make_user(Role.OPERATOR)
    by = member_for(operator)
    first = imports.bring("第1版.xlsx", FIRST, {"read": "xlsx"}, by=by, at=NOW)
    imports.apply(first, expected=1, by=by, at=NOW)
    entry = NationalMeasure.objects.select_related("edition").get(code="TEST-001")
    part = adoption.adopt(version, entry, by=member_for(officer), at=NOW)

    page = open_as(operator, javascript=javascript)
    page.goto(reverse("catalog:tables"))
    page.get_by_label("ファイル", exact=False).first.set_input_files(
        {"name": "第2版.xlsx", "mimeType": "application/octet-stream", "buffer": SECOND}
    )
    page.get_by_role("button", name="調べて、変わるところを見る").click()
    for kind in ("新しい 2件", "変わった 2件", "ファイルにない 1件", "誤りがある 1件", "変わらない 1件"):
        assert page.get_by_role("link", name=kind).is_visible()
    page.get_by_role("link", name="誤りがある").click()
    assert page.get_by_text("国の施策のF4（柱）").is_visible()
    page.get_by_role("link", name="ファイルにない").click()
    page.get_by_label("担当者に見せない").check()
    page.get_by_role("button", name="この画面の選び方を控える").click()
    page.get_by_role("button", name="すべての画面の選び方で取り込む").click()
    assert page.get_by_text("5件を取り込みました").is_visible()
    assert not NationalMeasure.objects.get(code="TEST-003").is_on

    page = open_as(officer, javascript=javascript)
    page.goto(reverse("wizard:home", args=[version.pk]))
    page.get_by_role("link", name="国の施策や文書が変わったところが 1 件").click()
    page.get_by_label("後継の施策に置き換える").check()
    page.get_by_label("施策名も国の新しい題に変える").check()
    page.get_by_label("理由").fill("第2版に合わせる。")
    page.get_by_role("button", name="決めて記録する").click()
    assert page.get_by_text("いま決めることはありません。").is_visible()
    part.refresh_from_db()
    assert part.title == "書かない窓口"
    assert part.adoptions.get().reference == "TEST-2/TEST-001"
    assert NationalDecision.objects.get().reason == "第2版に合わせる。"
