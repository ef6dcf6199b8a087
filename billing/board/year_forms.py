# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which year the overview shows, and of whom and what; all of it stands in the address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.closing.models import BillingPeriod, Statement
from billing.closing.yearly import Wanted
from billing.costs.models import CostCentre, Service
from tenants.models import Tenant
from verbund.kernel import clock
from verbund.web.forms import Form

SERVICES = "dienste"
_NAMES = ("jahr", "dienst", "kostenstelle", "kommune", "zeilen")


class YearFilter(Form):
    """A value that does not exist narrows nothing; without a year it is the newest with a calculated month."""

    jahr = forms.ChoiceField(label=gettext_lazy("Jahr"), required=False)
    dienst = forms.ChoiceField(label=gettext_lazy("Dienst"), required=False)
    kostenstelle = forms.ChoiceField(label=gettext_lazy("Kostenstelle"), required=False)
    kommune = forms.ChoiceField(label=gettext_lazy("Kommune"), required=False)
    zeilen = forms.ChoiceField(label=gettext_lazy("Zeilen"), required=False)

    def __init__(self, given: Any) -> None:
        years = _years()
        everybody = [("", _("Alle"))]
        choices = {
            "jahr": [(str(year), str(year)) for year in years],
            "dienst": [*everybody, *Service.objects.values_list("code", "title")],
            "kostenstelle": [*everybody, *CostCentre.objects.values_list("code", "title")],
            "kommune": [*everybody, *_members()],
            "zeilen": [("", _("Kommunen")), (SERVICES, _("Dienste und Kostenstellen"))],
        }
        chosen = {name: given.get(name, "") for name in _NAMES}
        known = {
            name: text if text in dict(choices[name]) else choices[name][0][0]
            for name, text in chosen.items()
        }
        super().__init__(known)
        for name, offered in choices.items():
            field: Any = self.fields[name]
            field.choices = offered
        self.wanted = Wanted(
            year=int(known["jahr"]),
            service=known["dienst"],
            centre=known["kostenstelle"],
            member=known["kommune"],
        )
        self.by_service = known["zeilen"] == SERVICES
        self.query = urlencode({name: text for name, text in known.items() if text})


def _years() -> list[int]:
    found = BillingPeriod.objects.filter(run__isnull=False).dates("month", "year", order="DESC")
    return [day.year for day in found] or [clock.today().year]


def _members() -> list[tuple[str, str]]:
    """Everybody who ever had a statement, also former members."""
    billed = Statement.objects.order_by().values("tenant").distinct()
    return list(Tenant.objects.filter(pk__in=billed).order_by("sort_key").values_list("slug", "name"))
