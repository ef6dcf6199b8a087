# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which month and meter the page about one's own usage shows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from billing.own_usage import countable, own_months
from verbund.metering.periods import Period, parse_period
from verbund.web.forms import Form

_FIRST_METER = "http.requests"


class MonthChoice(Form):
    """The month stands in the address; what the address does not name is the running one."""

    monat = forms.ChoiceField(label=_("Monat"), required=False)

    def __init__(self, given: Any) -> None:
        self.months = own_months()
        values = given.copy()
        values.setdefault("monat", str(self.months[0]))
        super().__init__(values)
        self._offer("monat", [(str(month), month_text(month)) for month in self.months])

    @property
    def period(self) -> Period:
        """The chosen month; the newest when the address names none that exists."""
        return parse_period(self._chosen("monat") or str(self.months[0]))

    def _chosen(self, name: str) -> str:
        return str(self.cleaned_data.get(name, "")) if self.is_valid() or self.cleaned_data else ""

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


class UsageChoice(MonthChoice):
    """A month and a meter; what the address does not name is the running month and page views."""

    zaehler = forms.ChoiceField(label=_("Zähler"), required=False)

    def __init__(self, given: Any) -> None:
        values = given.copy()
        values.setdefault("zaehler", _FIRST_METER)
        super().__init__(values)
        self._offer("zaehler", countable())

    @property
    def meter(self) -> str:
        return self._chosen("zaehler") or _FIRST_METER


def month_text(month: Period) -> str:
    """`November 2026`."""
    return date_format(month.first, "F Y")
