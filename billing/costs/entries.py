# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the record of processing says of costs, keys and prices."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.specs import KEPT_BY_CHANGE, PrivacyEntry

_PURPOSE = _("Kosten des Verbands nach beschlossenen Schlüsseln und Preisen abrechnen")

PRIVACY = tuple(
    PrivacyEntry(
        model=f"billing_costs.{model}",
        purpose=_PURPOSE,
        personal=False,
        retention=_("auf Dauer, weil jede frühere Abrechnung sich daraus erklärt"),
        kept_by=KEPT_BY_CHANGE,
    )
    for model in (
        "Service",
        "CostCentre",
        "ActualCost",
        "KeyVersion",
        "RegimeVersion",
        "PriceVersion",
        "Membership",
        "Advance",
    )
)
