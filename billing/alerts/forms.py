# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A new threshold: of what, how much, and who is told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.own_usage import countable
from verbund.accounts.api import colleagues
from verbund.web.forms import Form

EUROS = "euro"


class ThresholdForm(Form):
    """A meter, or EUROS: then the amount is whole euros of a month's costs."""

    meter = forms.ChoiceField(label=_("Wovon?"))
    amount = forms.IntegerField(
        label=_("Ab wie viel in einem Monat?"),
        min_value=1,
        help_text=_("Ganze Euro oder ganze Einheiten des Zählers"),
    )
    told = forms.TypedMultipleChoiceField(
        label=_("Wer bekommt eine E-Mail?"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meter: Any = self.fields["meter"]
        meter.choices = [(EUROS, _("Kosten eines Monats, in Euro")), *countable()]
        told: Any = self.fields["told"]
        told.choices = [(str(person.id), person.name) for person in colleagues()]
