# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of the office about periods and holds."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.privacy.periods.models import Why
from verbund.web.forms import DateField, Form


class PeriodForm(Form):
    """Another period, and why."""

    months = forms.IntegerField(label=_("Wie viele Monate?"), min_value=1, max_value=1200)
    reason = forms.CharField(
        label=_("Grund"), help_text=_("Steht im Protokoll. Bitte ohne Namen."), max_length=500
    )


class HoldForm(Form):
    """Why a case stays, and until when."""

    why = forms.ChoiceField(label=_("Warum?"), choices=Why.choices, widget=forms.RadioSelect)
    until_on = DateField(label=_("Bis zu welchem Tag?"))
