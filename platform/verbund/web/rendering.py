# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Turns Django's forms into KERN markup; named by the setting FORM_RENDERER."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList as DjangoErrorList
from typing_extensions import override

# How a widget is marked up. The first that fits counts: a radio list also is a select.
_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checks"),
    (forms.RadioSelect, "radios"),
    (forms.SelectMultiple, "list"),
    (forms.Select, "select"),
    (forms.CheckboxInput, "check"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
    (forms.Textarea, "textarea"),
)
_CLASSES = {
    "checks": "kern-form-check__checkbox",
    "check": "kern-form-check__checkbox",
    "radios": "kern-form-check__radio",
    "select": "kern-form-input__select",
}
_INPUT_CLASS = "kern-form-input__input"
_GROUPS = frozenset({"checks", "radios"})


def kind_of(widget: forms.Widget) -> str:
    """The name of the markup for a widget."""
    return next((kind for widget_type, kind in _KINDS if isinstance(widget, widget_type)), "text")


class ErrorList(DjangoErrorList):
    """Errors of one field or of the whole form as KERN shows them."""

    template_name = "web/forms/errors.html"

    @override
    def get_context(self) -> dict[str, Any]:
        return {**super().get_context(), "field_id": getattr(self, "field_id", None)}


class BoundField(forms.BoundField):
    """A field with what the templates need beyond Django's."""

    @property
    def kind(self) -> str:
        """The name of the markup: text, textarea, select, radios, checks, check, file, password, list."""
        return kind_of(self.field.widget)

    @property
    def anchor(self) -> str:
        """Id of the first control, where a link from the error summary lands."""
        return f"{self.auto_id}_0" if self.kind in _GROUPS else self.auto_id

    @override
    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Django's attributes in KERN's manner: aria-required instead of required, classes that show errors."""
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden:
            return built
        kind = kind_of(widget)
        built.pop("required", None)
        if kind in _GROUPS:
            # Radio buttons may not carry it; the group around them does.
            built.pop("aria-invalid", None)
        elif self.field.required:
            built["aria-required"] = "true"
        built["class"] = self._classes(kind, str(widget.attrs.get("class", "")))
        return built

    def _classes(self, kind: str, own: str) -> str:
        base = _CLASSES.get(kind, _INPUT_CLASS)
        names = [base, f"{base}--error" if self.errors else "", own]
        return " ".join(name for name in names if name)


class KernRenderer(TemplatesSetting):
    """KERN for every form, those of other packages included."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
    formset_template_name = "web/forms/formset.html"
    bound_field_class = BoundField
