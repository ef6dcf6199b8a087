# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms about requests for access and erasure."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.kernel import clock
from verbund.privacy.persons.models import Declined, Identity, Kind, PersonRequest, State
from verbund.web.forms import DateField, Form


class RequestForm(Form):
    """What somebody asked for, when, and how it is known that it was them."""

    kind = forms.ChoiceField(label=_("Was wird verlangt?"), choices=Kind.choices, widget=forms.RadioSelect)
    email = forms.EmailField(
        label=_("E-Mail-Adresse der Person"),
        help_text=_("Danach wird gesucht. Nach dem Abschluss wird sie gelöscht."),
    )
    received_on = DateField(label=_("Eingegangen am"), initial=clock.today)
    identity = forms.ChoiceField(
        label=_("Wie haben Sie die Identität geprüft?"),
        choices=[("", _("noch nicht geprüft")), *Identity.choices],
        required=False,
    )


class IdentityForm(Form):
    """How it is known that the request comes from the person it is about."""

    identity = forms.ChoiceField(
        label=_("Wie haben Sie die Identität geprüft?"),
        choices=[("", _("Bitte wählen")), *Identity.choices],
    )


class CloseForm(Form):
    """The end of a request that erases nothing."""

    result = forms.ChoiceField(label=_("Ergebnis"))

    def __init__(self, *args: Any, wanted: PersonRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answered = [(State.ANSWERED.value, _("Auskunft ist erteilt"))]
        self.fields["result"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _("Bitte wählen")),
            *(answered if wanted.kind == Kind.ACCESS and wanted.identity else []),
            *Declined.choices,
        ]


class EraseForm(Form):
    """The second look before something is gone for good."""

    sure = forms.BooleanField(
        label=_("Ich habe die Liste geprüft. Die Daten sollen endgültig gelöscht werden.")
    )
    seen = forms.CharField(widget=forms.HiddenInput)
