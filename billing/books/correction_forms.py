# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is filled in about corrections of earlier months."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.books.fields import EuroField, MonthField
from billing.costs.models import CostCentre, Service
from tenants.models import Tenant
from verbund.metering.periods import Period
from verbund.web.confirmation import ReasonField
from verbund.web.forms import DateField, Form


class CorrectionForm(Form):
    """What all corrections have; ``origin`` is the month that is corrected."""

    origin = MonthField(label=_("Welcher Monat war falsch?"))
    reason = ReasonField()

    def __init__(self, *args: Any, months: Iterable[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        month: Any = self.fields["origin"]
        month.offer(months)

    def _choose(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices


class UsageCorrectionForm(CorrectionForm):
    """So much more or less of a meter on a day."""

    tenant = forms.ChoiceField(label=_("Kommune"))
    meter = forms.ChoiceField(label=_("Zähler"))
    day = DateField(label=_("Tag"))
    quantity = forms.IntegerField(
        label=_("Menge"), help_text=_("Wie viel fehlte; mit Minus, wie viel zu viel gezählt wurde.")
    )
    field_order = ("origin", "tenant", "meter", "day", "quantity", "reason")

    def __init__(
        self, *args: Any, tenants: Iterable[Tenant], meters: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.tenants = {tenant.slug: tenant for tenant in tenants}
        self._choose("tenant", [(slug, tenant.name) for slug, tenant in self.tenants.items()])
        self._choose("meter", meters)

    def clean_tenant(self) -> Tenant:
        return self.tenants[self.cleaned_data["tenant"]]


class CostCorrectionForm(CorrectionForm):
    """So much more or less cost of a cost centre."""

    centre = forms.ChoiceField(label=_("Kostenstelle"))
    cents = EuroField(
        label=_("Unterschied in Euro"),
        help_text=_("Was fehlte; mit Minus, was zu viel war. Zum Beispiel 1.234,56"),
    )
    field_order = ("origin", "centre", "cents", "reason")

    def __init__(self, *args: Any, centres: Iterable[CostCentre], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.centres = {centre.code: centre for centre in centres}
        self._choose("centre", [(code, centre.title) for code, centre in self.centres.items()])

    def clean_centre(self) -> CostCentre:
        return self.centres[self.cleaned_data["centre"]]


class AmountCorrectionForm(CorrectionForm):
    """An amount for one member under a service."""

    tenant = forms.ChoiceField(label=_("Kommune"))
    service = forms.ChoiceField(label=_("Dienst"))
    cents = EuroField(
        label=_("Unterschied in Euro"),
        help_text=_("Was fehlte; mit Minus, was zu viel war. Zum Beispiel 1.234,56"),
    )
    field_order = ("origin", "tenant", "service", "cents", "reason")

    def __init__(
        self, *args: Any, tenants: Iterable[Tenant], services: Iterable[Service], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.tenants = {tenant.slug: tenant for tenant in tenants}
        self.services = {service.code: service for service in services}
        self._choose("tenant", [(slug, tenant.name) for slug, tenant in self.tenants.items()])
        self._choose("service", [(code, service.title) for code, service in self.services.items()])

    def clean_tenant(self) -> Tenant:
        return self.tenants[self.cleaned_data["tenant"]]

    def clean_service(self) -> Service:
        return self.services[self.cleaned_data["service"]]


class LateForm(Form):
    """Why late usage is taken over or left out; the quantity is the one that was shown."""

    reason = ReasonField()
    quantity = forms.IntegerField(widget=forms.HiddenInput())
