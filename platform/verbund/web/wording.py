# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What forms say when something is missing or wrong: plain sentences instead of Django's defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.forms.fields import Field
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise

_CHECKED = (forms.BooleanField,)
_FILES = (forms.FileField,)
_CHOSEN = (forms.ChoiceField, forms.ModelChoiceField)


def speak_plainly(field: Field) -> None:
    """Replace the messages a field's author has not set; those that were set stay."""
    for code, text in _messages(field).items():
        if field.error_messages.get(code) == _default(field, code):
            field.error_messages[code] = text


def _default(field: Field, code: str) -> object:
    for ancestor in type(field).__mro__:
        messages = ancestor.__dict__.get("default_error_messages", {})
        if code in messages:
            return messages[code]
    return None


def _messages(field: Field) -> dict[str, Text]:
    messages: dict[str, Text] = {
        "required": _required(field),
        "max_length": _("Bitte kürzen Sie den Text auf %(limit_value)s Zeichen. Es sind %(show_value)s."),
        "min_length": _("Bitte schreiben Sie mindestens %(limit_value)s Zeichen. Es sind %(show_value)s."),
        "max_value": _("Bitte geben Sie höchstens %(limit_value)s ein."),
        "min_value": _("Bitte geben Sie mindestens %(limit_value)s ein."),
        "invalid_choice": _("Diese Auswahl gibt es nicht. Bitte wählen Sie etwas aus der Liste."),
        "invalid_list": _("Bitte wählen Sie etwas aus der Liste."),
        "empty": _("Diese Datei ist leer. Bitte wählen Sie eine andere."),
        "missing": _("Bitte wählen Sie eine Datei aus."),
        "invalid_image": _("Diese Datei ist kein Bild oder beschädigt. Bitte wählen Sie ein anderes Foto."),
        "max_digits": _("Diese Zahl ist zu lang."),
    }
    invalid = _invalid(field)
    if invalid is not None:
        messages["invalid"] = invalid
    return messages


def _required(field: Field) -> Text:
    label = field.label or _("dieses Feld")
    if isinstance(field, _FILES):
        return _("Bitte wählen Sie eine Datei aus.")
    if isinstance(field, _CHECKED):
        return _("Bitte bestätigen Sie dies mit einem Häkchen.")
    if isinstance(field, _CHOSEN):
        return format_lazy(_("Bitte wählen Sie bei „{label}“ etwas aus."), label=label)
    return format_lazy(_("Bitte füllen Sie „{label}“ aus."), label=label)


def _invalid(field: Field) -> Text | None:
    """The most special kind of field comes first: an EmailField also is a CharField."""
    kinds: tuple[tuple[type[Field], Text], ...] = (
        (forms.EmailField, _("Bitte prüfen Sie die E-Mail-Adresse. Sie sieht so aus: name@beispiel.de.")),
        (
            forms.URLField,
            _("Bitte prüfen Sie die Internetadresse. Sie sieht so aus: https://www.beispiel.de."),
        ),
        (forms.DateTimeField, _("Bitte geben Sie Datum und Uhrzeit so ein: 22.11.2026 09:05.")),
        (forms.DateField, _("Bitte geben Sie das Datum so ein: 22.11.2026.")),
        (forms.TimeField, _("Bitte geben Sie die Uhrzeit so ein: 09:05.")),
        (forms.DecimalField, _("Bitte geben Sie eine Zahl ein, zum Beispiel 12,50.")),
        (forms.FloatField, _("Bitte geben Sie eine Zahl ein, zum Beispiel 12,5.")),
        (forms.IntegerField, _("Bitte geben Sie eine ganze Zahl ein, zum Beispiel 12.")),
        (forms.FileField, _("Die Datei kam nicht an. Bitte versuchen Sie es erneut.")),
    )
    return next((text for kind, text in kinds if isinstance(field, kind)), None)
