# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people fill in about documents: a filter over the list, and why one is cancelled."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.costs.models import REASON_LENGTH
from billing.forms import month_text
from billing.issuing.finding import STANDING_LABELS, Wanted, months_with_documents
from billing.issuing.models import KIND_LABELS
from tenants.models import Tenant
from verbund.metering.periods import Period
from verbund.web.forms import Form


class DocumentFilter(Form):
    """Every field stands in the address, so that a list can be passed on."""

    nummer = forms.CharField(label=_("Nummer"), required=False, max_length=40)
    monat = forms.ChoiceField(label=_("Monat"), required=False)
    kommune = forms.ChoiceField(label=_("Kommune"), required=False)
    art = forms.ChoiceField(label=_("Art"), required=False)
    stand = forms.ChoiceField(label=_("Stand"), required=False)

    def __init__(self, given: Any) -> None:
        super().__init__(given)
        self.months = {f"{month:%Y-%m}": month for month in months_with_documents()}
        members = Tenant.objects.order_by("sort_key").values_list("slug", "name")
        self._offer(
            "monat", [(name, month_text(Period(day.year, day.month))) for name, day in self.months.items()]
        )
        self._offer("kommune", list(members))
        self._offer("art", [(kind.value, label) for kind, label in KIND_LABELS.items()])
        self._offer("stand", [(standing.value, label) for standing, label in STANDING_LABELS.items()])

    @property
    def wanted(self) -> Wanted:
        """What the address asks for; what it names and does not exist is left out."""
        self.is_valid()
        given = self.cleaned_data
        return Wanted(
            number=given.get("nummer", ""),
            month=self.months.get(given.get("monat", "")),
            tenant=given.get("kommune", ""),
            kind=given.get("art", ""),
            standing=given.get("stand", ""),
        )

    @property
    def is_used(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("alle")), *choices]


class CancelForm(Form):
    """The reason stands on the document that takes the other back."""

    reason = forms.CharField(
        label=_("Grund"),
        help_text=_("Steht auf dem Dokument, das dieses aufhebt. Bitte nennen Sie keine Personen."),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_replaced = forms.BooleanField(
        label=_("Mit den heutigen Stammdaten neu ausstellen"),
        help_text=_(
            "Zum Beispiel, wenn Anschrift oder Leitweg-ID falsch waren. Die Beträge bleiben dieselben."
        ),
        required=False,
    )
