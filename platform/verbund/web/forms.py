# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Base classes of all forms: plain-language errors, sections, optional fields marked, nothing needs JavaScript."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField as DjangoBoundField
from django.forms.renderers import BaseRenderer
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from verbund.kernel.errors import DomainError
from verbund.web.languages import is_foreign
from verbund.web.rendering import ErrorList, KernRenderer
from verbund.web.wording import speak_plainly

__all__ = [
    "DateField",
    "FilesField",
    "FilesInput",
    "Form",
    "HoneypotMixin",
    "KernForm",
    "KernRenderer",
    "ModelForm",
    "initial_from_query",
]

Section = tuple[str | Promise, Sequence[str]]

_AUTOFILL = {
    "name": "name",
    "given_name": "given-name",
    "family_name": "family-name",
    "email": "email",
    "phone": "tel",
    "street_address": "street-address",
    "postal_code": "postal-code",
    "town": "address-level2",
}


class KernForm(forms.BaseForm):
    """What Form and ModelForm share.

    ``sections`` groups fields under headings: ``(("Ort", ("address", "location")), …)``; fields it does not name
    come last. ``is_about_the_reader`` lets the browser fill in name and address: only where people enter
    their own data.
    """

    sections: Sequence[Section] = ()
    is_about_the_reader = False
    use_required_attribute = False
    # Why a service refused what was filled in correctly.
    refusal: DomainError | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("error_class", ErrorList)
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if field.label is None:
                field.label = name.replace("_", " ").capitalize()
            speak_plainly(field)
            if self.is_about_the_reader and name in _AUTOFILL:
                field.widget.attrs.setdefault("autocomplete", _AUTOFILL[name])

    # KERN's markup also where the setting FORM_RENDERER names another renderer.
    default_renderer: BaseRenderer = KernRenderer()

    @override
    def get_context(self) -> dict[str, Any]:
        return {**super().get_context(), "sections": self._sections()}

    def add_refusal(self, refusal: DomainError) -> None:
        """Show why a service refused: at the fields it names, otherwise above the form."""
        self.refusal = refusal
        for name, reason in refusal.fields.items():
            self.add_error(name if name in self.fields else None, reason)
        if not refusal.fields:
            self.add_error(None, refusal.message)

    def _sections(self) -> list[tuple[str | Promise, list[DjangoBoundField]]]:
        shown = {field.name: field for field in self.visible_fields()}
        grouped = [
            (title, [shown.pop(name) for name in names if name in shown]) for title, names in self.sections
        ]
        if shown:
            grouped.append(("", list(shown.values())))
        return [(title, fields) for title, fields in grouped if fields]


class Form(KernForm, forms.Form):
    """Base of our forms."""


class ModelForm(KernForm, forms.ModelForm):  # type: ignore[type-arg]  # the model is named in Meta
    """Base of our forms that edit a row."""


class HoneypotMixin(KernForm):
    """A field people do not see; programs that fill in everything are turned away."""

    honeypot_name = "website"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.honeypot_name] = forms.CharField(
            required=False,
            label=_("Bitte lassen Sie dieses Feld leer"),
            widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        )

    @override
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.pop(self.honeypot_name, ""):
            raise ValidationError(
                _(
                    "Ihre Eingabe kam nicht an. Bitte laden Sie die Seite neu und versuchen Sie es noch einmal."
                ),
                code="honeypot",
            )
        return cleaned


class GermanChoice(forms.Select):
    """A list of names the administration has written; each says so where the page speaks another language."""

    @override
    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        if option["value"] and is_foreign():
            option["attrs"]["lang"] = "de"
        return option


class DateField(forms.DateField):
    """A day typed as 22.11.2026; 2026-11-22 is understood as well."""

    widget = forms.DateInput(
        format="%d.%m.%Y", attrs={"inputmode": "numeric", "autocomplete": "off", "size": "12"}
    )
    input_formats = ("%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Zum Beispiel 22.11.2026"))
        super().__init__(**kwargs)


class FilesInput(forms.FileInput):
    """A file input for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; cleans to a list. ``most`` limits their number, ``largest`` the bytes of each."""

    widget = FilesInput

    def __init__(
        self, *, most: int = 5, largest: int = 20 * 1024 * 1024, accept: str = "", **kwargs: Any
    ) -> None:
        self.most = most
        self.largest = largest
        super().__init__(**kwargs)
        if accept:
            self.widget.attrs["accept"] = accept

    @override
    def clean(self, data: Any, initial: Any = None) -> Any:
        files: Iterable[UploadedFile[bytes]] = (
            data if isinstance(data, list | tuple) else [data] if data else []
        )
        cleaned = [super(FilesField, self).clean(file, initial) for file in files]
        if not cleaned:
            super().clean(None, initial)
        if len(cleaned) > self.most:
            raise ValidationError(
                _("Bitte wählen Sie höchstens %(most)s Dateien."), params={"most": self.most}
            )
        if any(file.size > self.largest for file in cleaned):
            raise ValidationError(
                _("Eine Datei ist zu groß. Erlaubt sind %(largest)s MB."),
                params={"largest": self.largest // (1024 * 1024)},
            )
        return cleaned


def initial_from_query(form: type[forms.Form], query: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a filter form taken from the address, unknown names dropped."""
    return {name: query[name] for name in form.base_fields if name in query}
