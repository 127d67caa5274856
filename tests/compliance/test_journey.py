"""磯波町 mends its plan from the checklist alone, without a script, until all eighteen pass."""

import re
from html import unescape

import pytest
from django.urls import reverse

from planwizard.accounts.tenancy import acting_for
from planwizard.compliance.judge import judge
from planwizard.rules import State
from planwizard.wizard import demo
from tests.factories import NOW, client_of
from tests.inspector import parse
from tests.wizard.screens import press, sheet_on

pytestmark = pytest.mark.django_db
# What an officer reads on the page and finds to fulfil the item.
CHOSEN = {
    ("PU-01", "text"): "避難所や公共施設などの町の情報を公開し、",
    ("PU-03", "text"): "届出の記入と転記を減らし、",
    ("PU-04", "text"): "役場まで来ることの難しさ（I-1）と、",
    ("PU-05", "residents"): "住民は自宅から手続ができ、",
    ("PU-05", "businesses"): "住民は自宅から手続ができ、",
    ("PU-06", "text"): "窓口の件数などの数を、",
    ("EX-01", "text"): "公開したデータを使い、",
    ("EX-02", "text"): "基幹業務システムの運用経費を、",
    ("EX-03", "text"): "8手続を、",
    ("EX-04", "text"): "転入の際の水道、",
    ("EX-05", "text"): "住所と氏名を職員が印字し、",
    ("ME-01", "text"): "県の電子申請サービスとガバメントクラウドを使い、",
    ("ME-02", "text"): "押印と書面の決まりを令和9年度に点検し、",
    ("ME-05", "text"): "評価は翌年度の予算の要求の見直しに使う。",
    ("OP-02", "text"): "計画を改めたときは、",
    ("OP-03", "text"): "副町長を長とする磯波町デジタル推進会議を",
}

# An indicator of its costs, as an officer types it.
COSTS = {
    "name": "システムの運用経費", "kind": "outcome", "definition": "基幹業務システムの年間の運用経費", "unit": "thousand_yen",
    "direction": "down", "cumulative": "yearly", "baseline_value": "41,600", "baseline_fy": "2026",
    "target_value": "38,300", "target_fy": "2029",
}  # fmt: skip


@pytest.fixture
def isonami(settings, tmp_path):
    settings.DEMO_ACCOUNTS_FILE = tmp_path / "accounts.json"
    version = demo.load(at=NOW).plans[1]
    with acting_for(version.municipality_id):
        yield version


def test_the_links_and_forms_of_the_checklist_lead_to_eighteen(isonami):
    client = client_of(isonami.created_by)
    home = parse(client.get(reverse("wizard:home", args=[isonami.pk])))
    address = home.links()["チェックリスト"]
    page = parse(client.get(address))
    assert "公表前のチェック 18項目のうち3件 合格・14件 要確認・1件 未" in page.words
    add_kpi(client, page.links()["費用・時間・日数・件数を減らす指標を、1つ以上の施策に入れてください。"])
    waiting = [link for link in parse(client.get(address)).links().values() if "#choose_" in link]
    for link in waiting:
        choose(client, link)
    assert "公表前のチェック 18項目のうち18件 合格・0件 要確認・0件 未" in parse(client.get(address)).words
    found = judge(isonami, on=NOW.date())
    assert {
        each.rule.id for each in found.results if each.state not in (State.PASS, State.NOT_APPLICABLE)
    } == {
        "OP-04"  # optional
    }


def add_kpi(client, link):
    """On the very sheet that the link opens, by its own buttons: one more row, typed, saved."""
    sheet, _, field = link.partition("#id_")
    assert field == "kpis"
    row = press(client, sheet_on(client.get(sheet)), "act=add:kpis")["Location"]
    page, _, path = row.partition("#id_")
    typed = {f"{path}.{name}".replace(".", "__"): value for name, value in COSTS.items()}
    saved = press(client, sheet_on(client.get(page)), **typed)
    assert saved.status_code == 302


def choose(client, link):
    """Open the item, choose the sentence in the form that the link points to, press its button."""
    item, _, role = link.partition("#choose_")
    words = CHOSEN.get((item.rstrip("/").split("/")[-1], role))
    if words is None:
        return
    html = client.get(item).content.decode()
    form = html[html.index(f'id="choose_{role}"') :].partition("</section>")[0]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    sentence = re.search(r'value="([^"]+)"[^>]*><span>' + re.escape(words), form)
    action = re.search(r'action="([^"]+)"', form)
    answer = client.post(action[1], hidden | {"sentence": unescape(sentence[1])}, follow=True)
    assert "として記録しました。" in answer.content.decode()
