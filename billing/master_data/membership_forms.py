# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What finance people fill in about days of membership and about advances."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.books.fields import EuroField, MonthField
from billing.costs.advances import LATEST_DAY
from billing.costs.models import SOURCE_LENGTH, Service
from verbund.metering.periods import Period
from verbund.web.forms import DateField, Form

_SOURCE_HELP = _("zum Beispiel Beschluss oder Vertrag mit Datum; steht später in jeder Herleitung")


class MembershipForm(Form):
    """The days on which a member shares, both included."""

    first = DateField(label=_("Erster Tag"), help_text=_("Dieser Tag zählt mit."))
    last = DateField(
        label=_("Letzter Tag"), required=False, help_text=_("Dieser Tag zählt mit. Leer: ohne Ende.")
    )
    source = forms.CharField(label=_("Grundlage"), max_length=SOURCE_LENGTH, help_text=_SOURCE_HELP)


class EndMembershipForm(Form):
    """The last day of a membership that is entered."""

    last = DateField(
        label=_("Letzter Tag"), required=False, help_text=_("Dieser Tag zählt mit. Leer: ohne Ende.")
    )


class AdvancesForm(Form):
    """So much in every month, from one to another of a year."""

    service = forms.ChoiceField(label=_("Dienst"), help_text=_("auf dessen Anteile gezahlt wird"))
    cents = EuroField(
        label=_("Betrag je Monat in Euro"), help_text=_("zum Beispiel 1.234,56; 0,00 nimmt sie zurück")
    )
    first = MonthField(label=_("Ab Monat"))
    last = MonthField(
        label=_("Bis Monat"), help_text=_("einschließlich, höchstens bis Dezember desselben Jahres")
    )
    due_day = forms.IntegerField(
        label=_("Fällig am Tag des Monats"), min_value=1, max_value=LATEST_DAY, initial=15
    )
    source = forms.CharField(label=_("Grundlage"), max_length=SOURCE_LENGTH, help_text=_SOURCE_HELP)

    def __init__(
        self, *args: Any, services: Iterable[Service], months: Iterable[Period], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.services = {service.code: service for service in services}
        service: Any = self.fields["service"]
        service.choices = [(code, found.title) for code, found in self.services.items()]
        offered = list(months)
        for name in ("first", "last"):
            month: Any = self.fields[name]
            month.offer(offered)

    def clean_service(self) -> Service:
        return self.services[self.cleaned_data["service"]]
