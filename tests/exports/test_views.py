"""The screens of files: ask, watch, fetch, cancel."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from planwizard.accounts.models import Role
from planwizard.accounts.tenancy import acting_for
from planwizard.exports import leasing, run
from planwizard.exports.models import ExportJob, State
from planwizard.manuscript.options import Options, Variant
from planwizard.plans.models import Part
from planwizard.web.headers import FILE_POLICY
from tests.factories import client_of, make_department, make_municipality, make_user

pytestmark = pytest.mark.django_db

READERS = [Role.VIEWER, Role.DRAFTER, Role.SECRETARIAT, Role.TOWN_ADMIN]


@pytest.fixture
def client(officer):
    return client_of(officer)


@pytest.fixture
def url(version):
    return reverse("exports:exports", args=[version.pk])


@pytest.fixture
def kept(ask):
    job = ask("json")
    run.run(job.pk, job.municipality_id)
    job.refresh_from_db()
    return job


def file_of(job):
    return reverse("exports:download", args=[job.pk])


# --- asking --------------------------------------------------------------------------------------------------


def test_asking_for_two_formats_makes_two_jobs_and_shows_them(client, url, version, officer):
    answer = client.post(url, {"formats": ["docx", "pdf"], "extras": ["budgets"]})
    assert (answer.status_code, answer["Location"]) == (302, f"{url}#exports")
    assert "PDFとWordを頼みました。" in client.get(url).content.decode()
    rows = ExportJob.objects.values_list("format", "state", "options", "requested_by", "version")
    options = {"budgets": True}
    assert sorted(rows) == [
        (format_, State.WAITING, options, officer.pk, version.pk) for format_ in ("docx", "pdf")
    ]


def test_asking_for_one_format_leads_to_its_progress(client, url):
    answer = client.post(url, {"formats": ["pdf"]})
    assert answer["Location"] == ExportJob.objects.get().get_absolute_url()


def test_a_file_made_before_is_offered_at_once(client, url, kept, look):
    answer = client.post(url, {"formats": ["json"]})
    assert look(client, answer["Location"]).links()["受け取る"] == file_of(kept)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({}, "形式を1つ以上選んでください。"),
        ({"formats": ["exe"]}, "形式を一覧から選んでください。"),
        ({"formats": ["pdf"], "extras": ["secrets"]}, "載せるものを一覧から選んでください。"),
    ],
)
def test_a_choice_that_is_none_is_said_and_makes_nothing(client, url, data, says):
    page = client.post(url, data).content.decode()
    assert page.count(says) == 2  # at the top and at the field
    assert "<title>エラー：" in page
    assert not ExportJob.objects.exists()


@pytest.mark.parametrize("role", READERS)
def test_every_reader_may_ask(url, role, look):
    client = client_of(make_user(role))
    look(client, url)
    assert client.post(url, {"formats": ["pdf"]}).status_code == 302


def test_the_operator_may_not(url):
    client = client_of(make_user(Role.OPERATOR))
    assert client.get(url).status_code == 403
    assert client.post(url, {"formats": ["pdf"]}).status_code == 403
    assert not ExportJob.objects.exists()


def test_another_town_finds_nothing(url, kept):
    stranger = client_of(make_user(Role.SECRETARIAT, municipality=make_municipality("993018")))
    for address in (url, kept.get_absolute_url(), file_of(kept)):
        assert stranger.get(address).status_code == 404


def test_looking_changes_nothing(client, url, kept):
    before = list(ExportJob.objects.values())
    for address in (url, kept.get_absolute_url(), file_of(kept)):
        assert client.get(address).status_code == 200
    assert list(ExportJob.objects.values()) == before


# --- the list ------------------------------------------------------------------------------------------------


def test_the_list_says_how_far_each_file_is(client, url, ask, kept, look):
    running = leasing.claim(ask("pdf").pk, at=timezone.now())
    leasing.renew(running, stage="lay_out", percent=42, at=timezone.now())
    failed = leasing.claim(ask("docx").pk, at=timezone.now())
    leasing.fail(failed, "だめでした。", at=timezone.now())
    page = look(client, url)
    for words in ("作っています（2／3　組む）42％", "だめでした。", "できました"):
        assert "".join(words.split()) in "".join(page.words.split())
    assert page.links()[f"受け取る（{kept.file_name}）"] == file_of(kept)


def test_the_list_costs_the_same_for_ten_files(client, url, ask, version, officer):
    ask("pdf")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(url)
    rows = [
        ExportJob(
            municipality_id=version.municipality_id,
            version=version,
            format="pdf",
            requested_by=make_user(Role.VIEWER),
            requested_at=timezone.now(),
        )
        for _ in range(9)
    ]
    ExportJob.objects.bulk_create(rows)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few) <= 12


# --- watching ------------------------------------------------------------------------------------------------


def test_a_script_is_told_how_far_the_file_is(client, ask):
    job = leasing.claim(ask("pdf").pk, at=timezone.now())
    leasing.renew(job, stage="compose", percent=2, at=timezone.now())
    answer = client.get(job.get_absolute_url(), headers={"Accept": "application/json"})
    assert answer.json() == {
        "state": "running",
        "is_under_way": True,
        "words": "作っています（1／3　まとめる）",
        "percent": 2,
    }


def test_the_list_offers_to_look_again_only_while_something_is_made(client, url, ask, kept, look):
    assert "今の様子を見る" not in look(client, url).links()
    ask("docx")
    assert "今の様子を見る" in look(client, url).links()


def test_a_choice_that_has_always_an_answer_is_not_called_optional(client, url, look):
    legends = [" ".join("".join(node.itertext()).split()) for node in look(client, url).all("legend")]
    assert legends[0] == "作るもの"
    assert "年の書き方 ※" not in look(client, url).words


def test_without_a_script_a_link_shows_how_far_it_is(client, ask, look):
    job = ask("pdf")
    page = look(client, job.get_absolute_url())
    assert page.links()["今の様子を見る"] == job.get_absolute_url()


def test_a_failure_says_why_and_offers_another_try(client, url, ask, look):
    job = leasing.claim(ask("pdf").pk, at=timezone.now())
    leasing.fail(job, "メモリが足りません。", at=timezone.now())
    page = look(client, job.get_absolute_url())
    assert "メモリが足りません。" in page.words
    assert page.links()["もう一度作る"] == url


def test_a_warning_stands_beside_the_file(client, kept, look):
    kept.warnings = ["この端末のフォントに無い文字があります：𪜈"]
    kept.save(update_fields=["warnings"])
    assert kept.warnings[0] in look(client, kept.get_absolute_url()).words


# --- fetching ------------------------------------------------------------------------------------------------


def test_the_file_comes_whole_under_its_name_and_is_never_a_page(client, kept):
    answer = client.get(file_of(kept))
    assert answer.content == kept.path.read_bytes()
    assert answer["Content-Type"] == "application/json"
    disposition = answer["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''")
    assert unquote(disposition.partition("''")[2]) == "潮見野市_潮見野市デジタル推進計画_第1版_素案.json"
    assert answer["Content-Security-Policy"] == FILE_POLICY
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")


@pytest.mark.parametrize("role", READERS)
def test_every_reader_of_the_town_may_fetch_it(kept, role):
    assert client_of(make_user(role)).get(file_of(kept)).status_code == 200


def test_who_lost_the_role_cannot_fetch_it(kept, officer, client):
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    assert client.get(file_of(kept)).status_code == 302
    assert client_of(make_user(Role.OPERATOR)).get(file_of(kept)).status_code == 403


@pytest.mark.parametrize("damage", ["changed", "cut", "gone"])
def test_a_damaged_file_is_not_handed_out(client, kept, damage):
    if damage == "gone":
        kept.path.unlink()
    else:
        data = kept.path.read_bytes()
        kept.path.write_bytes(data[:-1] if damage == "cut" else data[:-1] + b"x")
    answer = client.get(file_of(kept))
    assert answer.status_code == 404
    assert "もう一度作ってください" in answer.content.decode()


def test_a_file_whose_time_is_over_is_not_handed_out(client, kept):
    kept.expires_at = timezone.now() - timedelta(seconds=1)
    kept.save(update_fields=["expires_at"])
    assert "7日がすぎた" in client.get(file_of(kept)).content.decode()


def test_a_file_that_is_not_ready_is_not_handed_out(client, ask):
    answer = client.get(file_of(ask("pdf")))
    assert answer.status_code == 404
    assert "まだできていません" in answer.content.decode()


# --- cancelling ----------------------------------------------------------------------------------------------


def cancel(client, job):
    return client.post(reverse("exports:cancel", args=[job.pk]))


def test_who_asked_may_cancel(url, ask):
    viewer = make_user(Role.VIEWER)
    job = ask("pdf", by=viewer)
    assert cancel(client_of(viewer), job)["Location"] == url
    job.refresh_from_db()
    assert job.state == State.CANCELLED


def test_the_secretariat_may_cancel_for_anybody(client, ask):
    job = ask("pdf", by=make_user(Role.VIEWER))
    cancel(client, job)
    job.refresh_from_db()
    assert job.state == State.CANCELLED


def test_another_reader_may_not_and_is_told_who_may(ask, officer):
    job = ask("pdf")
    answer = cancel(client_of(make_user(Role.VIEWER)), job)
    assert answer.status_code == 403
    assert f"{officer.name}さんか事務局" in answer.content.decode()
    job.refresh_from_db()
    assert job.state == State.WAITING


def test_cancelling_what_is_done_changes_nothing(client, kept):
    cancel(client, kept)
    kept.refresh_from_db()
    assert kept.state == State.DONE


# --- what is chosen ------------------------------------------------------------------------------------------


def chosen(client, url, **data):
    client.post(url, {"formats": ["pdf"], **data})
    return ExportJob.objects.get().chosen


def test_without_a_choice_it_is_the_whole_plan(client, url):
    assert chosen(client, url) == Options()


def test_chapters_of_the_plan_are_chosen_by_name(client, url):
    found = chosen(client, url, variant="parts", parts=["ch2", "ch6"])
    assert (found.variant, found.only) == (Variant.PARTS, ("ch2", "ch6"))


def test_a_department_stands_for_its_measures(client, url, version, officer):
    with acting_for(version.municipality_id):
        department = make_department("市民課", municipality=version.municipality)
        measure = Part.objects.of(version).get(kind="measure")
        Part.objects.of(version).filter(pk=measure.pk).update(department=department)
    found = chosen(client, url, variant="parts", department=department.key)
    assert found.only == (measure.key,)


def test_choosing_parts_without_any_says_what_to_do(client, url):
    page = client.post(url, {"formats": ["pdf"], "variant": "parts"}).content.decode()
    assert "章、担当課、施策のどれかを1つ以上選んでください。" in page
    assert not ExportJob.objects.exists()


def test_a_part_of_another_plan_is_no_choice(client, url):
    page = client.post(
        url, {"formats": ["pdf"], "variant": "parts", "measures": ["x123456789"]}
    ).content.decode()
    assert "施策を一覧から選んでください。" in page


def test_a_measure_can_be_chosen_beforehand(client, url, version, look):
    with acting_for(version.municipality_id):
        key = Part.objects.of(version).get(kind="measure").key
    page = client.get(f"{url}?only={key}").content.decode()
    assert f'value="{key}" id="id_measures_0" checked' in " ".join(page.split())


def test_only_a_pdf_takes_data_along(client, url):
    client.post(url, {"formats": ["pdf", "docx"], "extras": ["with_data"], "era": "seireki"})
    found = {job.format: job.chosen for job in ExportJob.objects.all()}
    assert found == {"pdf": Options(with_data=True, era="seireki"), "docx": Options(era="seireki")}


def test_a_file_says_in_the_list_what_it_is(client, url, look):
    client.post(url, {"formats": ["pdf"], "variant": "summary", "extras": ["budgets"]})
    assert "PDF（概要版（A4）、予算あり）" in client.get(url).content.decode()


# --- told on return ------------------------------------------------------------------------------------------


def test_who_comes_back_is_told_what_has_ended(client, ask, kept, look):
    failed = leasing.claim(ask("pdf").pk, at=timezone.now())
    leasing.fail(failed, "だめでした。", at=timezone.now())
    ask("docx")  # still waits
    page = look(client, "/")
    news = {words: url for words, url in page.links().items() if url.startswith("/exports/")}
    assert sorted(news.values()) == sorted([kept.get_absolute_url(), failed.get_absolute_url()])


def test_nobody_else_is_told(kept, look):
    page = look(client_of(make_user(Role.SECRETARIAT)), "/")
    assert kept.get_absolute_url() not in page.links().values()


def test_news_that_was_read_is_told_no_more(client, kept, look):
    answer = client.post(reverse("exports:notice"))
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert kept.get_absolute_url() not in look(client, "/").links().values()


def test_what_ended_a_week_ago_is_no_news(officer, kept):
    assert not ExportJob.objects.news_for(officer, kept.finished_at + timedelta(days=8)).exists()
