import re
from html.parser import HTMLParser

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.shortcuts import resolve_url
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from planwizard.accounts.models import Role
from planwizard.catalog.admin import site
from planwizard.catalog.models import Law, NationalDocument, NationalMeasure, Term

pytestmark = pytest.mark.django_db
MODELS = sorted(model._meta.model_name for model in site._registry)
LIST = "/catalog-admin/catalog/nationalmeasure/"


def measure(code="NM-060"):
    return NationalMeasure.objects.select_related("edition", "replaced_by").get(code=code)


def page_of(entry, act="change"):
    return reverse(f"admin:catalog_{entry._meta.model_name}_{act}", args=[entry.pk])


def form_values(response):
    """What the browser would send back from an untouched change form."""
    form = response.context["adminform"].form
    values = {form.add_prefix(name): form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False)}


def save(client, entry, **changes):
    values = form_values(client.get(page_of(entry))) | changes
    return client.post(page_of(entry), {name: value for name, value in values.items() if value is not None})


def act(client, action, *codes, model=NationalMeasure, **fields):
    chosen = model.objects.filter(code__in=codes).values_list("pk", flat=True)
    url = reverse(f"admin:catalog_{model._meta.model_name}_changelist")
    return client.post(url, {"action": action, "_selected_action": list(chosen), **fields})


class Inspector(HTMLParser):
    """Collects what a content security policy without 'unsafe-inline' would block."""

    def __init__(self, html):
        super().__init__()
        self.blocked = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        names = {name for name, _ in attrs}
        if tag == "style" or "style" in names or (tag == "script" and not names & {"src", "type"}):
            self.blocked.append(self.get_starttag_text())
        self.blocked += [name for name in names if name.startswith("on")]


@pytest.mark.parametrize("role", [None, Role.VIEWER, Role.DRAFTER, Role.SECRETARIAT, Role.TOWN_ADMIN])
def test_only_the_operator_comes_in(sign_in, load, role):
    load()
    client = sign_in(role)
    for url in ("/catalog-admin/", LIST, page_of(measure()), page_of(measure(), "history")):
        assert client.get(url).status_code == 403
        assert client.post(url, {"title": "x"}).status_code == 403
    assert measure().title != "x"


@pytest.mark.parametrize("url", ["/catalog-admin/", LIST])
def test_strangers_are_sent_to_the_one_sign_in_page(client, url):
    *_, (last, status) = client.get(url, follow=True).redirect_chain
    assert (last, status) == (f"{resolve_url('accounts:sign_in')}?next={url}", 302)


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.usefixtures("seeded")
def test_each_page_of_each_table_opens(operator, name):
    model = next(model for model in site._registry if model._meta.model_name == name)
    entry = model.objects.first()
    urls = [reverse(f"admin:catalog_{name}_{page}") for page in ("changelist", "add")]
    for url in [*urls, page_of(entry), page_of(entry, "history"), f"{urls[0]}?q=デジタル"]:
        response = operator.get(url)
        assert response.status_code == 200
        html = response.content.decode()
        assert re.search(r'<html lang="ja"', html)
        assert html.count("<h1") == 1
        assert Inspector(html).blocked == []


def test_the_first_page_names_the_tables(operator):
    html = operator.get("/catalog-admin/").content.decode()
    assert all(
        word in html for word in ("国の施策", "国の文書", "法令", "財源", "標準指標", "用語", "カタログの版")
    )


def test_passwords_and_signing_out_are_not_here(operator):
    for page in ("logout/", "password_change/", "autocomplete/", "r/1/1/"):
        assert operator.get(f"/catalog-admin/{page}").status_code == 404


def test_the_list_costs_the_same_for_one_and_ten(operator, load):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert operator.get(LIST).status_code == 200
        return len(queries)

    first = [{"code": "NM-0", "replaced_by": "2026-11-a/NM-1"}, {"code": "NM-1"}]
    load(first)
    cost()  # the first request also fills caches
    few = cost()
    load(first + [{"code": f"NM-{number}", "replaced_by": "2026-11-a/NM-1"} for number in range(2, 12)])
    assert cost() == few


def test_the_list_shows_the_marks(operator, load):
    load([{"title_kind": "descriptive"}])
    html = operator.get(LIST).content.decode()
    assert "（説明題）" in html
    assert "総務省（推定）" in html
    assert "今の扱いは未確認" in html


def test_the_search_reads_any_writing(operator, load):
    load([{"code": "NM-001", "title": "アナログ規制"}, {"code": "NM-002", "title": "基盤"}])
    found = operator.get(LIST, {"q": "ｱﾅﾛｸﾞ"}).context["cl"].queryset
    assert [entry.code for entry in found] == ["NM-001"]


def test_the_list_is_narrowed_by_pillar(operator, load):
    load(
        [{"code": "NM-001", "area": "online", "area_sub": ["divide"]}, {"code": "NM-002", "area": "standard"}]
    )
    found = operator.get(LIST, {"pillar": "divide"}).context["cl"].queryset
    assert [entry.code for entry in found] == ["NM-001"]


def test_the_list_says_what_was_touched_by_hand(operator, load):
    load()
    assert "手で直した" not in operator.get(LIST).content.decode()
    NationalMeasure.objects.update(notes="電話で確かめた")
    assert "手で直した" in operator.get(LIST).content.decode()


def test_a_change_is_saved_found_and_logged(operator, load):
    load()
    assert (
        save(operator, measure(), title="かんたんな窓口", summary="一行目\r\n二行\x0b目").status_code == 302
    )
    assert (measure().title, measure().summary) == ("かんたんな窓口", "一行目\n二行\n目")
    assert NationalMeasure.objects.matching("カンタン").exists()
    assert measure().is_edited_by_hand
    assert LogEntry.objects.get().object_id == str(measure().pk)


def test_a_form_opened_before_a_change_writes_nothing_over_it(operator, load):
    load()
    opened = form_values(operator.get(page_of(measure())))
    save(operator, measure(), summary="取り込んだ要約。", notes="電話で確かめた")
    refused = operator.post(
        page_of(measure()), {**opened, "title": "わたしの題", "summary": "わたしの要約。"}
    )
    html = refused.content.decode()
    assert (measure().title, measure().summary) != ("わたしの題", "わたしの要約。")
    assert "この画面を開いた後に、この項目が取り込みかほかの管理者によって変わりました。" in html
    assert "いまカタログにある内容：取り込んだ要約。" in html
    assert "いまカタログにある内容：電話で確かめた" in html  # left empty here
    assert "わたしの要約。" in html  # nothing that was typed is lost
    again = form_values(refused)
    operator.post(page_of(measure()), {**again, "notes": "電話で確かめた"})
    assert (measure().title, measure().summary) == ("わたしの題", "わたしの要約。")
    assert measure().notes == "電話で確かめた"


def test_the_code_and_edition_of_an_entry_stay(operator, load):
    load()
    save(operator, measure(), code="NM-999", edition="7")
    assert measure().edition.code == "2026-11-a"


def test_pillars_are_chosen_from_a_list(operator, load):
    load([{"area_sub": ["online"]}])
    save(operator, measure(), area="standard", area_sub=["online", "mynumber"])
    assert measure().areas == ("standard", "online", "mynumber")


def test_an_entry_can_be_added(operator, load):
    load()
    values = form_values(operator.get(page_of(measure())))
    operator.post(f"{LIST}add/", {**values, "edition": measure().edition_id, "code": "NM-900"})
    assert measure("NM-900").search_text


def test_what_was_entered_by_hand_and_is_not_cited_can_be_deleted(operator):
    term = Term.objects.create(code="own", term="窓口", reading="まどぐち", description="説明", source="辞書")
    assert operator.post(page_of(term, "delete"), {"post": "yes"}).status_code == 302
    assert not Term.objects.exists()


def test_the_same_code_twice_in_an_edition_is_refused(operator, load):
    load()
    values = form_values(operator.get(page_of(measure())))
    response = operator.post(f"{LIST}add/", {**values, "edition": measure().edition_id, "code": "NM-060"})
    assert "この版には同じ番号の施策があります。" in response.content.decode()


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize("model", site._registry)
def test_what_was_loaded_is_not_deleted(operator, model):
    count = model.objects.count()
    assert operator.post(page_of(model.objects.first(), "delete"), {"post": "yes"}).status_code == 403
    assert model.objects.count() == count


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize("model", [Law, NationalDocument, NationalMeasure])
def test_what_plans_cite_by_code_is_never_deleted(operator, model):
    entry = model.objects.first()
    model.objects.update(loaded_sha256="")
    assert operator.post(page_of(entry, "delete"), {"post": "yes"}).status_code == 403


def test_unverified_entries_cannot_be_switched_on_in_the_form(operator, load):
    load([{"verified": False}])
    response = save(operator, measure(), is_on="on")
    assert "「出典を確かめた」に印を付けてください。" in response.content.decode()
    assert not measure().is_on


def test_entries_are_switched_off_and_on_and_logged(operator, load):
    load()
    act(operator, "switch_off", "NM-060")
    assert not measure().is_on
    act(operator, "switch_on", "NM-060")
    assert measure().is_on
    assert [entry.change_message for entry in LogEntry.objects.order_by("id")] == [
        "担当者に見せないようにしました。",
        "担当者に見せるようにしました。",
    ]


def test_switching_on_leaves_the_unverified_off(operator, load):
    load([{"verified": False}])
    response = operator.get(act(operator, "switch_on", "NM-060")["Location"])
    assert not measure().is_on
    assert "1件は入れていません。" in response.content.decode()


def test_superseding_asks_for_the_successor_first(operator, load):
    load([{"code": "NM-001"}, {"code": "NM-002"}])
    response = act(operator, "supersede", "NM-001")
    html = response.content.decode()
    assert measure("NM-001").status == "unknown"
    assert [entry.code for entry in response.context["form"].fields["successor"].queryset] == ["NM-002"]
    assert html.count("<h1") == 1
    assert Inspector(html).blocked == []


def test_superseding_names_the_successor_and_is_logged(operator, load):
    load([{"code": "NM-001"}, {"code": "NM-002", "title": "後の施策"}])
    act(operator, "supersede", "NM-001", decided="1", successor=measure("NM-002").pk)
    assert (measure("NM-001").status, measure("NM-001").replaced_by) == ("superseded", measure("NM-002"))
    assert LogEntry.objects.get().change_message == "廃止にしました。後継：NM-002 後の施策"


def test_a_measure_may_end_without_successor(operator, load):
    load()
    act(operator, "supersede", "NM-060", decided="1", successor="")
    assert (measure().status, measure().replaced_by) == ("superseded", None)


@pytest.mark.parametrize("successor", ["NM-002", "NM-003"])
def test_successors_do_not_run_in_a_circle(operator, load, successor):
    load(
        [
            {"code": "NM-001"},
            {"code": "NM-002", "replaced_by": "2026-11-a/NM-001"},
            {"code": "NM-003", "replaced_by": "2026-11-a/NM-002"},
        ]
    )
    response = act(operator, "supersede", "NM-001", decided="1", successor=measure(successor).pk)
    assert "後継をたどると元の施策に戻ります。" in response.content.decode()
    response = save(operator, measure("NM-001"), replaced_by=measure(successor).pk)
    assert "後継をたどると元の施策に戻ります。" in response.content.decode()
    assert measure("NM-001").replaced_by is None


def test_what_the_operator_changed_survives_the_next_loading(operator, load):
    load([{"code": "NM-001"}, {"code": "NM-002"}])
    act(operator, "supersede", "NM-001", decided="1", successor=measure("NM-002").pk)
    load([{"code": "NM-001", "summary": "新しい要約"}, {"code": "NM-002"}])
    assert measure("NM-001").replaced_by == measure("NM-002")
