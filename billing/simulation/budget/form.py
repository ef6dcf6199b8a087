# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How much each cost centre is expected to cost: more or less in percent, or a figure of one's own, in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from billing.simulation.budget.basis import CentreBasis
from billing.simulation.fields import EuroField, GrowthField
from verbund.web.forms import Form


class BudgetForm(Form):
    """Two fields for each cost centre; both may stay empty."""

    def __init__(self, given: Mapping[str, str], *, centres: Sequence[CentreBasis]) -> None:
        self.centres = centres
        super().__init__(dict(given))
        for item in centres:
            growth = GrowthField(label=_("Mehr oder weniger"))
            own = EuroField(label=_("oder eigener Ansatz"))
            for field, unit in ((growth, "%"), (own, "€")):
                field.widget.unit = unit
            self.fields[f"plus-{item.centre.code}"] = growth
            self.fields[f"betrag-{item.centre.code}"] = own

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each cost centre with its fields and what it comes to."""
        planned = self.planned
        return [
            {
                "basis": item,
                "growth": self[f"plus-{item.centre.code}"],
                "own": self[f"betrag-{item.centre.code}"],
                "planned": planned[item.centre.code],
            }
            for item in self.centres
        ]

    @property
    def planned(self) -> dict[str, int]:
        """A year's cents by cost centre; what does not hold counts as empty."""
        given = self.cleaned_data if self.is_bound and self.errors is not None else {}
        return {
            item.centre.code: item.planned(
                growth=given.get(f"plus-{item.centre.code}"), own=given.get(f"betrag-{item.centre.code}")
            )
            for item in self.centres
        }

    @property
    def query(self) -> str:
        """What was typed, for links."""
        return urlencode([(name, self.data[name]) for name in self.fields if self.data.get(name)])
