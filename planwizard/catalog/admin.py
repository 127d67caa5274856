"""The catalogue's administration, for 全体管理者 only. No town's data is reachable from here."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AdminTextInputWidget
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from planwizard.accounts.models import Role
from planwizard.catalog import changed, offers
from planwizard.catalog.entries import Entry, Loaded, Status
from planwizard.catalog.forms import (
    PILLAR_CHOICES,
    CatalogForm,
    EntryForm,
    FundingSourceForm,
    LawForm,
    NationalDocumentForm,
    NationalMeasureForm,
    SupersedeForm,
)
from planwizard.catalog.measures import PILLARS, Edition, NationalMeasure, NationalMeasureQuerySet
from planwizard.catalog.records import FundingSource, Law, NationalDocument, StandardIndicator, Term

# Signing in and out and passwords belong to accounts; the rest of these pages has no use here.
_NOT_HERE = {"logout", "password_change", "password_change_done", "view_on_site", "autocomplete"}


class CatalogAdminSite(admin.AdminSite):
    site_title = site_header = "国の施策カタログの管理"
    index_title = "管理する表"
    enable_nav_sidebar = False
    final_catch_all_view = False

    def has_permission(self, request: HttpRequest) -> bool:
        member = getattr(request, "member", None)
        return member is not None and member.has(Role.OPERATOR)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        """Refuse with 403. A second sign-in page, as Django shows, would only confuse."""

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.has_permission(request):
                raise PermissionDenied("国の施策カタログを管理できるのは全体管理者だけです。")
            return view(request, *args, **kwargs)

        return update_wrapper(guarded if cacheable else never_cache(guarded), view)

    def get_urls(self) -> list[URLPattern]:
        return [page for page in super().get_urls() if getattr(page, "name", None) not in _NOT_HERE]

    @method_decorator([never_cache, login_not_required])
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Where Django sends people who are not signed in: on to the one sign-in page."""
        return redirect_to_login(request.GET.get("next", ""))


site = CatalogAdminSite(name="admin")
site.disable_action("delete_selected")


def _keep(request: HttpRequest, rows: list[tuple[Loaded, dict[str, object] | None]]) -> None:
    """Plans are told of what is changed here as of what an import changes."""
    changed.keep(rows, by=request.user, at=timezone.now())
    offers.forget()


class LoadedAdmin(admin.ModelAdmin):
    """A row of the catalogue. What a file has loaded is not deleted, it would come back: it is switched off."""

    form = CatalogForm
    is_cited_by_code = False  # True: plans of any town may name the row by its code, so that it must stay
    # A title of a national document is long: let the whole of it be seen while it is edited.
    formfield_overrides = {CharField: {"widget": AdminTextInputWidget({"class": "vLargeTextField"})}}
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Loaded | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Loaded | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Loaded | None = None) -> bool:
        was_loaded = obj is not None and bool(obj.loaded_sha256)
        return self.admin_site.has_permission(request) and not self.is_cited_by_code and not was_loaded

    def get_readonly_fields(self, request: HttpRequest, obj: Loaded | None = None) -> tuple[str, ...]:
        return ("code",) if obj else ()

    def get_fieldsets(
        self, request: HttpRequest, obj: Loaded | None = None
    ) -> list[tuple[str | None, dict[str, Any]]]:
        (title, first), *more = super().get_fieldsets(request, obj)
        return [(title, {**first, "fields": (*first["fields"], "seen")}), *more]

    def save_model(self, request: HttpRequest, obj: Loaded, form: CatalogForm, change: bool) -> None:
        obj.derive()
        super().save_model(request, obj, form, change)
        _keep(request, [(obj, form.facts_before)])

    def delete_model(self, request: HttpRequest, obj: Loaded) -> None:
        before = obj.facts()
        super().delete_model(request, obj)
        obj.is_on = False
        _keep(request, [(obj, before)])

    @admin.display(description="ファイルとの違い")
    def edited(self, row: Loaded) -> str:
        if not row.loaded_sha256:
            return "手で入れた"
        return "手で直した" if row.is_edited_by_hand else ""


class EntryAdmin(LoadedAdmin):
    form = EntryForm
    list_filter = ("is_on", "verified")
    actions = ("switch_on", "switch_off")

    @admin.action(description="担当者に見せる（入れる）")
    def switch_on(self, request: HttpRequest, entries: QuerySet[Entry]) -> None:
        refused = entries.filter(verified=False).count()
        self._switch(request, entries.filter(verified=True), is_on=True)
        if refused:
            self.message_user(
                request,
                f"{refused}件は入れていません。出典を読んで「出典を確かめた」に印を付けてから入れてください。",
                messages.WARNING,
            )

    @admin.action(description="担当者に見せない（切る）")
    def switch_off(self, request: HttpRequest, entries: QuerySet[Entry]) -> None:
        self._switch(request, entries, is_on=False)

    def _switch(self, request: HttpRequest, entries: QuerySet[Entry], *, is_on: bool) -> None:
        said = "担当者に見せるようにしました" if is_on else "担当者に見せないようにしました"
        switched = [(entry, entry.facts()) for entry in entries.filter(is_on=not is_on)]
        for entry, _ in switched:
            entry.is_on = is_on
            entry.save(update_fields=["is_on"])
            self.log_change(request, entry, f"{said}。")
        _keep(request, switched)
        self.message_user(request, f"{len(switched)}件を{said}。")


_TRUST = ("source", "verified", "is_on", "notes")


@admin.register(Edition, site=site)
class EditionAdmin(LoadedAdmin):
    fields = ("code", "name", "is_active", "note")
    list_display = ("code", "name", "is_active", "edited")


@admin.register(NationalDocument, site=site)
class NationalDocumentAdmin(EntryAdmin):
    form = NationalDocumentForm
    is_cited_by_code = True
    fields = ("code", "title", "kind", "decided_on", "decision", "issuer", "url", "status", *_TRUST)
    list_display = ("__str__", "kind", "status", "verified", "is_on", "edited")
    list_filter = ("kind", "status", *EntryAdmin.list_filter)
    search_fields = ("code", "title", "issuer")


@admin.register(Law, site=site)
class LawAdmin(EntryAdmin):
    form = LawForm
    is_cited_by_code = True
    fields = (
        "code", "title", "number", "article", "label", "use", "pillar", "position",
        "effective_from", "in_force", *_TRUST,
    )  # fmt: skip
    list_display = ("__str__", "label", "use", "effective_from", "verified", "is_on", "edited")
    list_filter = ("use", "in_force", *EntryAdmin.list_filter)
    search_fields = ("code", "title", "article", "label")


@admin.register(FundingSource, site=site)
class FundingSourceAdmin(EntryAdmin):
    form = FundingSourceForm
    fields = ("code", "name", "start_fy", "end_fy", *_TRUST)
    list_display = ("name", "start_fy", "end_fy", "verified", "is_on", "edited")
    search_fields = ("code", "name")


@admin.register(StandardIndicator, site=site)
class StandardIndicatorAdmin(EntryAdmin):
    fields = ("code", "name", "unit", *_TRUST)
    list_display = ("name", "unit", "verified", "is_on", "edited")
    search_fields = ("code", "name")


@admin.register(Term, site=site)
class TermAdmin(EntryAdmin):
    fields = ("code", "term", "reading", "description", *_TRUST)
    list_display = ("term", "reading", "verified", "is_on", "edited")
    search_fields = ("code", "term", "reading", "description")


class PillarFilter(admin.SimpleListFilter):
    """By pillar, also in the second place, as officers search."""

    title = "柱"
    parameter_name = "pillar"

    def lookups(self, request: HttpRequest, model_admin: NationalMeasureAdmin) -> list[tuple[str, str]]:
        return PILLAR_CHOICES

    def queryset(self, request: HttpRequest, measures: NationalMeasureQuerySet) -> NationalMeasureQuerySet:
        return measures.in_area(self.value()) if self.value() else measures


@admin.register(NationalMeasure, site=site)
class NationalMeasureAdmin(EntryAdmin):
    form = NationalMeasureForm
    is_cited_by_code = True
    fieldsets = (
        (None, {"fields": ("edition", "code", "title", "title_kind", "section", "summary", "text_seen")}),
        ("柱・所管・法律", {"fields": ("area", "area_sub", "ministry", "ministry_basis", "act_article", "act_article_basis")}),
        ("指標", {"fields": ("typical_kpi", "suggested_kpi")}),
        ("出典", {"fields": ("document", "source_edition", "measure_no", "locator", "source", "verified")}),
        ("今の扱い", {"fields": ("status", "replaced_by", "is_on", "notes")}),
    )  # fmt: skip
    list_display = (
        "code",
        "shown_title",
        "shown_area",
        "shown_ministry",
        "status",
        "verified",
        "is_on",
        "edited",
    )
    list_display_links = ("code", "shown_title")
    list_filter = ("edition", PillarFilter, "status", "title_kind", *EntryAdmin.list_filter)
    list_select_related = ("edition", "document", "replaced_by__edition")
    search_fields = ("search_text",)
    search_help_text = "題・要約・所管・指標のことばを空白で区切って探します。"
    ordering = ("edition__code", "code")
    actions = (*EntryAdmin.actions, "supersede")

    @admin.display(description="題", ordering="title")
    def shown_title(self, measure: NationalMeasure) -> str:
        return measure.display_title

    @admin.display(description="柱", ordering="area")
    def shown_area(self, measure: NationalMeasure) -> str:
        pillar = PILLARS[measure.area]
        return f"{pillar.mark}{pillar.short_name}"

    @admin.display(description="所管", ordering="ministry")
    def shown_ministry(self, measure: NationalMeasure) -> str:
        return measure.ministry_words

    def get_readonly_fields(self, request: HttpRequest, obj: Loaded | None = None) -> tuple[str, ...]:
        return ("edition", "code") if obj else ()

    def get_search_results(
        self, request: HttpRequest, queryset: NationalMeasureQuerySet, search_term: str
    ) -> tuple[NationalMeasureQuerySet, bool]:
        return queryset.matching(search_term), False

    @admin.action(description="廃止にする（後継を選ぶ）")
    def supersede(self, request: HttpRequest, measures: NationalMeasureQuerySet) -> HttpResponse:
        chosen = list(measures)
        form = SupersedeForm(request.POST if "decided" in request.POST else None, measures=chosen)
        if not form.is_valid():
            return self._ask_successor(request, chosen, form)
        successor = form.cleaned_data["successor"]
        for measure in chosen:
            measure.supersede(successor)
            self.log_change(request, measure, f"廃止にしました。後継：{successor or 'なし'}")
        self.message_user(request, f"{len(chosen)}件を廃止にしました。")
        return HttpResponseRedirect(request.get_full_path())

    def _ask_successor(
        self, request: HttpRequest, chosen: list[NationalMeasure], form: SupersedeForm
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "廃止にする施策の後継を選ぶ",
            "measures": chosen,
            "form": form,
            "superseded": Status.SUPERSEDED.label,
            "chosen_name": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/catalog/supersede.html", context)
