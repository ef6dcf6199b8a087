# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form about an incident."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.accounts.api import PersonName
from verbund.web.forms import Form

_FORMATS = ("%d.%m.%Y %H:%M", "%d.%m.%Y, %H:%M", "%Y-%m-%dT%H:%M")
_EXAMPLE = _("Zum Beispiel 22.11.2026 09:05")


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(format=_FORMATS[0], attrs={"autocomplete": "off", "size": "18"})
    return forms.DateTimeField(label=label, input_formats=_FORMATS, widget=widget, help_text=_EXAMPLE)


def _words(label: Any, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, widget=forms.Textarea(attrs={"rows": 3}), max_length=3000
    )


class IncidentForm(Form):
    """When something went wrong, and what is known of it."""

    sections = (
        (_("Wann?"), ("noticed_at", "since", "until", "person_id")),
        (_("Was?"), ("description", "consequences", "measures", "contact")),
    )
    noticed_at = _moment(_("Bekannt geworden am"))
    since = _moment(_("Betroffener Zeitraum von"))
    until = _moment(_("Betroffener Zeitraum bis"))
    person_id = forms.TypedChoiceField(
        label=_("Nur was dieses Konto tat"), coerce=int, empty_value=None, required=False
    )
    description = _words(_("Was ist geschehen?"), required=True)
    consequences = _words(_("Wahrscheinliche Folgen für die Betroffenen"))
    measures = _words(_("Ergriffene und geplante Maßnahmen"))
    contact = forms.CharField(label=_("Anlaufstelle für Rückfragen"), required=False, max_length=300)

    def __init__(self, *args: Any, people: Sequence[PersonName], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = ("", _("alle Konten und Besucher"))
        self.fields["person_id"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            everybody,
            *((str(person.id), person.name) for person in people),
        ]
