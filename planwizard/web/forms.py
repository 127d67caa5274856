"""How every form is written: templates/django/forms in the order label, mark, support text, control, error."""

from __future__ import annotations

from typing import Any

from django.forms import BoundField, Select, SelectMultiple, Textarea, Widget
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import ChoiceWidget


class Field(BoundField):
    """A field on a page: knows its mark, the class of its control and where a link to it leads."""

    @property
    def level(self) -> str:
        """``required``, ``recommended``, ``optional`` of the national template; ``needed`` if this form insists."""
        default = "needed" if self.field.required else ""
        return str(getattr(self.field, "level", default))

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
    bound_field_class = Field
