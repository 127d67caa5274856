"""The walk through the template: one step, one URL, one part; any order, left and resumed anywhere."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from formtools.wizard.views import NamedUrlWizardView

from planwizard.compliance import going_through
from planwizard.plans.access import is_open_to, part_of_or_404, version_or_404
from planwizard.plans.models import Kind, Part, PlanVersion, State
from planwizard.wizard.confirmation import confirmation
from planwizard.wizard.forms import PartForm, new_save_id
from planwizard.wizard.navigation import Step, step_after, step_before, steps_in
from planwizard.wizard.next_act import left_for, next_act
from planwizard.wizard.outline import Outline, outline_of
from planwizard.wizard.small_start import all_fields, kept_query, small_sheet
from planwizard.wizard.surroundings import Surroundings, around
from planwizard.wizard.tasks import map_of
from planwizard.wizard.views import writing
from planwizard.wizard.views.parts import drafted_field, handed_in, say_if_filled, taken_in_hand


class ChapterWalk(NamedUrlWizardView):
    """formtools' walk over the version's parts. What is typed goes through ``plans.saving`` and nowhere else."""

    form_list = [("basics", PartForm)]  # formtools wants one at import; setup() replaces it
    storage_name = "planwizard.wizard.storage.VersionStorage"
    template_name = "wizard/step.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.version: PlanVersion = version_or_404(request.member, kwargs["version_id"], to="read")
        self.outline: Outline = outline_of(self.version)
        self.nav: list[Step] = steps_in(self.outline)
        self.form_list = {step.key: PartForm for step in self.nav if step.is_part}

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        step = kwargs.get("step")
        if step is None:
            return redirect(self.get_step_url(self.steps.first))
        if step == self.done_step_name:
            return self.render_done(None, **kwargs)
        if step not in self.form_list:
            raise Http404
        if not is_open_to(self.request.member, self.part):
            return redirect("wizard:preview_part", self.version.pk, step)
        self.storage.part, self.storage.era = self.part, self.around.era
        return self.render(self.get_form(data=self.storage.current_step_data))

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Store first, then go where the button says; 次へ stays only if something could not be read."""
        part = part_of_or_404(self.request.member, self.version, kwargs.get("step") or "", to="write")
        if part.kind == Kind.MEASURE:
            raise Http404
        written = writing.write(self.request, part)
        if written.answer is not None:
            return written.answer
        here = self.get_step_url(part.key) + kept_query(self.request)
        if written.touched:
            return writing.back_to(here, written)
        go = self.request.POST.get("go", "save")
        if go in ("next", "next_check", "hand_in") and not written.form.is_valid():
            return redirect(here)
        return redirect(self._target(go, part, here))

    def _target(self, go: str, part: Part, here: str) -> str:
        match go.partition(":"):
            case ("next", _, _):
                say_if_filled(self.request, part)
                after = step_after(self.nav, part.key)
                return after.url if after else self.get_step_url(self.done_step_name)
            case ("next_check", _, _):
                return going_through.url_after_form(self.version, going_through.opened(self.request))
            case ("goto", _, step) if step in self.form_list:
                return self.get_step_url(step)
            case ("hand_in", _, _):
                return handed_in(self.request, part)
            case ("take_in_hand", _, _):
                return taken_in_hand(self.request, part)
            case ("preview", _, _):
                return reverse("wizard:preview_part", args=[self.version.pk, part.key])
            case ("draft", _, _):
                return reverse("wizard:draft", args=[self.version.pk, part.key]) + kept_query(self.request)
            case ("choose", _, path):
                return writing.choosing_on(here, path)
            case ("paste", _, path):
                return reverse("wizard:paste", args=[self.version.pk, part.key, path]) + all_fields(
                    self.request
                )
            case ("picture", _, path):
                return reverse("wizard:picture", args=[self.version.pk, part.key, path])
            case _:
                return here

    @cached_property
    def part(self) -> Part:
        return part_of_or_404(self.request.member, self.version, self.kwargs["step"], to="read")

    @cached_property
    def around(self) -> Surroundings:
        return around(self.part, self.outline)

    def get_form_kwargs(self, step: str | None = None) -> dict[str, Any]:
        # What was typed: see writing.
        return {
            "part": self.part,
            "around": self.around,
            "is_stored": True,
            "shown": small_sheet(self.request, self.part, self.outline),
            **writing.opened_with(self.request),
        }

    def get_step_url(self, step: str) -> str:
        return reverse(self.url_name, kwargs={"version_id": self.version.pk, "step": step})

    def get_context_data(self, form: PartForm, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(form=form, **kwargs)
        drafted = drafted_field(self.part)
        return context | {
            "version": self.version,
            "part": self.part,
            "state": State(next(step.chip for step in self.nav if step.key == self.part.key)),
            "sheet": self.part.sheet,
            "nav": self.nav,
            "draft_field": "" if drafted in form.unasked else drafted,
            "save_id": new_save_id(),
            "previous": step_before(self.nav, self.part.key),
            "asked": going_through.asked(self.request, self.version, on=timezone.localdate()),
        }

    def render_done(self, form: None, **kwargs: Any) -> HttpResponse:
        """確認: what is missing and what could not be read, with links. Deletes nothing, demands nothing."""
        found = confirmation(self.version)
        rows = (*self.outline.steps, *self.outline.measures)
        begun = {row.key for row in rows if row.state in (State.STARTED, State.TO_FIX)}
        whole, member = map_of(self.version, self.request.user.pk), self.request.member
        left = left_for(member, self.version, whole)
        context = {
            "version": self.version,
            "nav": self.nav,
            "act": next_act(self.version, member, whole, left),
            "found": found,
            "ready": [part for part in found.parts if part.is_clear and part.key in begun],
        }
        return render(self.request, "wizard/confirmation.html", context)


walk = ChapterWalk.as_view(url_name="wizard:step", done_step_name="done")
