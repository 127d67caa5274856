"""How every form is written: templates/django/forms in the order label, mark, support text, control, error."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField, Select, SelectMultiple, Textarea, Widget
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import ChoiceWidget

from planwizard.common.fiscal_year import day_label, parse_day
from planwizard.common.text import one_line


class Field(BoundField):
    """A field on a page: knows its mark, the class of its control and where a link to it leads."""

    @property
    def level(self) -> str:
        """``required``, ``recommended``, ``optional`` of the national template; ``needed`` if this form insists, ""
        where there is always an answer."""
        default = "" if self._has_always_one else "needed" if self.field.required else "optional"
        return str(getattr(self.field, "level", default))

    @property
    def _has_always_one(self) -> bool:
        """Whether one of several is chosen from the start and none cannot be."""
        if type(self.field) is not forms.ChoiceField or not self.initial:
            return False
        return all(key != "" for key, _ in self.field.choices)

    @property
    def first_control_id(self) -> str:
        """The id an error summary links to: of a group, its first choice."""
        return self.id_for_label or (f"{self.auto_id}_0" if self.use_fieldset else self.auto_id)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        if name := _class_of(widget or self.field.widget):
            built.setdefault("class", name)
        # The page lists what is wrong in Japanese; the browser's own bubble would come first and say less.
        built.pop("required", None)
        return built


def _class_of(widget: Widget) -> str:
    match widget:
        case Textarea():
            return "pw-textarea"
        case Select() | SelectMultiple():
            return "pw-select"
        case ChoiceWidget():
            return ""
        case _:
            return "" if widget.is_hidden else "pw-input"


class Renderer(TemplatesSetting):
    form_template_name = "django/forms/form.html"
    bound_field_class = Field


class LineField(forms.CharField):
    """One line of text, cleaned by the rule for all text. Too long is said, never cut off by the browser."""

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")

    def widget_attrs(self, widget: Widget) -> dict[str, Any]:
        return {}


class DayField(forms.CharField):
    """A day, read from any writing an office uses; in ``cleaned_data`` a date or None."""

    default_error_messages = {
        "unread": "%(label)sは日付で入力してください（例：令和9年4月1日、2027-04-01）。"
    }

    def prepare_value(self, value: Any) -> Any:
        return day_label(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        text = one_line(super().clean(value) or "")
        if not text:
            return None
        try:
            return parse_day(text)
        except ValueError:
            message = self.error_messages["unread"] % {"label": self.label}
            raise ValidationError(message, code="unread") from None
