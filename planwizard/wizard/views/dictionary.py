"""わが町の用字用語 and the rules on wording that a town follows: the secretariat's page."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from planwizard.accounts.access import open_to
from planwizard.accounts.models import Role
from planwizard.plans import wording
from planwizard.plans.models import DictionaryWord
from planwizard.web.interruption import Interruption, ask
from planwizard.wizard.views.word_forms import ImportForm, WordForm
from planwizard.wording import dictionary_file
from planwizard.wording.checking import rules
from planwizard.wording.dictionary_file import DictionaryRefused
from planwizard.wording.hint import TownWord

OVERTAKEN = (
    "確かめている間に、ほかの人が用字用語を変えました。もう一度ファイルを選んで、変わる語を見直してください。"
)
_SALT = "planwizard.dictionary"


@open_to(Role.SECRETARIAT)
@require_http_methods(["GET", "POST"])
def dictionary(request: HttpRequest) -> HttpResponse:
    """The words with a form for one more, and the rules with their switches."""
    form = WordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if trouble := wording.put(form.word, by=request.member):
            form.add_error("wrong", trouble)
        else:
            messages.success(request, f"「{form.word.wrong}」を加えました。書く人の画面に出ます。")
            return redirect("wizard:dictionary")
    off = wording.silenced()
    context = {
        "form": form,
        "words": DictionaryWord.objects.order_by("wrong"),
        "rules": [(rule, rule.id not in off) for rule in rules()],
    }
    return render(request, "wizard/dictionary.html", context, status=422 if form.errors else 200)


@open_to(Role.SECRETARIAT)
@require_http_methods(["GET", "POST"])
def dictionary_word(request: HttpRequest, word_id: UUID) -> HttpResponse:
    """Change one word."""
    row = get_object_or_404(DictionaryWord, pk=word_id)
    initial = {"wrong": row.wrong, "right": row.right, "note": row.note}
    form = WordForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        if trouble := wording.put(
            form.word, instead_of=TownWord(row.wrong, row.right, row.note), by=request.member
        ):
            form.add_error("wrong", trouble)
        else:
            messages.success(request, f"「{form.word.wrong}」の書き方を変えました。")
            return redirect("wizard:dictionary")
    context = {"form": form, "row": row, "trail": _trail()}
    return render(request, "wizard/dictionary_word.html", context, status=422 if form.errors else 200)


@open_to(Role.SECRETARIAT)
@require_http_methods(["GET", "POST"])
def drop_word(request: HttpRequest, word_id: UUID) -> HttpResponse:
    row = get_object_or_404(DictionaryWord, pk=word_id)
    if request.method == "POST":
        wording.remove(row.wrong)
        messages.success(request, f"「{row.wrong}」を消しました。")
        return redirect("wizard:dictionary")
    facts = [
        f"{row.wrong} → {row.right}",
        "書く人の画面に、この語の案内が出なくなります。計画の文は変わりません。",
    ]
    question = f"「{row.wrong}」を用字用語から消しますか"
    return ask(request, Interruption(question, facts, "消す", reverse("wizard:dictionary")))


@open_to(Role.SECRETARIAT)
@require_POST
def choose_rules(request: HttpRequest) -> HttpResponse:
    """The rules that are ticked speak, the others do not."""
    if "chosen" in request.POST:  # the page was sent whole: no tick is an answer too
        kept = set(request.POST.getlist("rule"))
        wording.silence({rule.id for rule in rules()} - kept, by=request.member)
        messages.success(request, "使う決まりを保存しました。")
    return redirect(reverse("wizard:dictionary") + "#rules")


@open_to(Role.SECRETARIAT)
@require_safe
def export_dictionary(request: HttpRequest) -> HttpResponse:
    name = f"用字用語_{request.member.municipality.name}.csv"
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(dictionary_file.write(wording.words()), content_type="text/csv", headers=headers)


@open_to(Role.SECRETARIAT)
@require_http_methods(["GET", "POST"])
def import_dictionary(request: HttpRequest) -> HttpResponse:
    """A file is looked at first; its words are taken over when that was confirmed, all or none."""
    if "brought" in request.POST:
        return _take_over(request)
    sent = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if sent else ImportForm()
    if sent and form.is_valid():
        try:
            file = form.cleaned_data["file"].read(wording.MAX_BYTES + 1)
            return _preview(request, wording.read_file(file, form.cleaned_data["encoding"]))
        except DictionaryRefused as refusal:
            for message in refusal.messages:
                form.add_error("file", message)
    context = {"form": form, "trail": _trail()}
    return render(request, "wizard/import_dictionary.html", context, status=422 if form.errors else 200)


def _preview(request: HttpRequest, brought: list[TownWord]) -> HttpResponse:
    standing = wording.words()
    wording.merged(standing, brought)
    before = {word.wrong: word for word in standing}
    same = set(standing) & set(brought)
    context = {
        "new": [word for word in brought if word.wrong not in before],
        "changed": [
            (before[word.wrong], word) for word in brought if word.wrong in before and word not in same
        ],
        "same_count": len(same),
        "other_count": len(before.keys() - {word.wrong for word in brought}),
        "brought": signing.dumps(
            [[word.wrong, word.right, word.note] for word in brought], salt=_SALT, compress=True
        ),
        "seen": wording.seen(standing),
        "trail": _trail(),
    }
    return render(request, "wizard/import_dictionary_preview.html", context)


def _take_over(request: HttpRequest) -> HttpResponse:
    try:
        rows = signing.loads(request.POST["brought"], salt=_SALT)
    except signing.BadSignature:
        rows = None
    brought = [TownWord(*row) for row in rows or ()]
    if rows is None or not wording.take_over(
        brought, expected=request.POST.get("seen", ""), by=request.member
    ):
        messages.error(request, OVERTAKEN)
        return redirect("wizard:import_dictionary")
    messages.success(request, f"ファイルの{len(brought)}語を取り込みました。")
    return redirect("wizard:dictionary")


def _trail() -> list[tuple[str, str]]:
    return [(reverse("wizard:dictionary"), "わが町の用字用語")]
