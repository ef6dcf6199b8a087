# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fields of the finance department's forms: an amount in euros, a month."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from billing.amounts import amount_text, cents_of
from billing.forms import month_text
from verbund.metering.periods import Period, parse_period


class EuroField(forms.CharField):
    """An amount typed as `1.234,56`; cleans to cents."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Betrag in Euro"))
        kwargs.setdefault("help_text", _("zum Beispiel 1.234,56; eine Gutschrift mit Minus"))
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "size": "16"})
        )
        super().__init__(**kwargs)

    @override
    def clean(self, value: Any) -> Any:
        given = super().clean(value)
        if not given:
            return None
        cents = cents_of(given)
        if cents is None:
            raise ValidationError(_("Bitte geben Sie einen Betrag ein, zum Beispiel 1.234,50."))
        return cents

    @override
    def prepare_value(self, value: Any) -> Any:
        return amount_text(value) if isinstance(value, int) else value


class MonthField(forms.ChoiceField):
    """One of the months on offer; cleans to a Period."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Monat"))
        super().__init__(**kwargs)

    def offer(self, months: Iterable[Period]) -> None:
        """The months to choose from, in this order."""
        self.choices = [(str(month), month_text(month)) for month in months]

    @override
    def clean(self, value: Any) -> Any:
        given = super().clean(value)
        return parse_period(given) if given else None
