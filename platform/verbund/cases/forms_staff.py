# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of the office about one case."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from verbund.cases.models import Relation
from verbund.kernel import clock
from verbund.kernel.working_days import add_working_days
from verbund.web.forms import DateField, Form


class NoteForm(Form):
    """A word for colleagues."""

    text = forms.CharField(
        label=_("Interne Notiz"),
        help_text=_("Nur für Kolleginnen und Kollegen."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DeadlineForm(Form):
    """A day, or a number of working days from today; both empty goes back to the usual day."""

    working_days = forms.IntegerField(
        label=_("In wie vielen Arbeitstagen?"),
        help_text=_("Ab heute, ohne Wochenenden und Feiertage in Brandenburg."),
        required=False,
        min_value=1,
        max_value=250,
    )
    due_on = DateField(label=_("Oder an welchem Tag?"), required=False)
    reason = forms.CharField(
        label=_("Grund"), help_text=_("Steht im internen Verlauf."), required=False, max_length=500
    )

    @override
    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        days, day = values.get("working_days"), values.get("due_on")
        if days and day:
            self.add_error("due_on", _("Bitte nennen Sie entweder Arbeitstage oder einen Tag."))
        return values

    @property
    def wanted(self) -> date | None:
        """The day that was meant; only after the form was found valid."""
        days = self.cleaned_data["working_days"]
        wanted: date | None = self.cleaned_data["due_on"]
        return add_working_days(clock.today(), days) if days else wanted


class LinkForm(Form):
    """What has to do with this case, and how."""

    relation = forms.ChoiceField(label=_("Dieser Vorgang"), choices=Relation.choices)
    to = forms.CharField(
        label=_("Nummer"),
        help_text=_("Eines Vorgangs oder Ortes, zum Beispiel M-2026-0042 oder O-0007"),
        max_length=40,
    )
