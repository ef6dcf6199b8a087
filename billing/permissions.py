# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done with usage figures."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from verbund.kernel.texts import LazyText


class BillingPermission(StrEnum):
    READ_USAGE = "billing:usage:read"
    INGEST_USAGE = "billing:usage:ingest"
    READ_OWN_USAGE = "billing:own_usage:read"
    READ_ACCOUNTS = "billing:accounts:read"
    MANAGE_ACCOUNTS = "billing:accounts:manage"
    READ_COSTS = "billing:costs:read"
    EDIT_COSTS = "billing:costs:edit"
    READ_PERIODS = "billing:period:read"
    CALCULATE = "billing:period:calculate"
    CORRECT = "billing:period:correct"
    APPROVE = "billing:period:approve"
    ISSUE = "billing:period:issue"
    CLOSE = "billing:period:close"
    READ_OWN_COSTS = "billing:own_costs:read"
    EDIT_OWN_ALERTS = "billing:own_alerts:edit"


LABELS: dict[str, LazyText] = {
    BillingPermission.READ_USAGE: _("Nutzungsberichte lesen"),
    BillingPermission.INGEST_USAGE: _("Nutzung anderer Systeme melden"),
    BillingPermission.READ_OWN_USAGE: _("eigene Nutzung ansehen"),
    BillingPermission.READ_ACCOUNTS: _("offene Posten und Buchungen lesen"),
    BillingPermission.MANAGE_ACCOUNTS: _("Zahlungen zuordnen und Buchungen ausgeben"),
    BillingPermission.READ_COSTS: _("Kosten, Schlüssel und Preise lesen"),
    BillingPermission.EDIT_COSTS: _("Kosten, Schlüssel und Preise eintragen"),
    BillingPermission.READ_PERIODS: _("Abrechnungen lesen"),
    BillingPermission.CALCULATE: _("Abrechnungen berechnen"),
    BillingPermission.CORRECT: _("Berichtigungen beantragen und genehmigen"),
    BillingPermission.APPROVE: _("Abrechnungen freigeben"),
    BillingPermission.ISSUE: _("Dokumente ausstellen"),
    BillingPermission.CLOSE: _("Monate abschließen"),
    BillingPermission.READ_OWN_COSTS: _("eigene Kosten ansehen"),
    BillingPermission.EDIT_OWN_ALERTS: _("Schwellen für Nutzung und Kosten setzen"),
}
