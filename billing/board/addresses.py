# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the addresses of these pages name, and the ways between the pages."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from billing.closing.blocking import Obstacle
from billing.closing.models import BillingPeriod
from billing.closing.overview import find_month
from billing.closing.periods import month_of
from billing.forms import month_text
from verbund.kernel import clock
from verbund.kernel.errors import NotFound
from verbund.metering.errors import BadPeriod
from verbund.metering.periods import parse_period


def named_month(text: str) -> BillingPeriod:
    """The month of the address as it stands today.

    Raises:
        NotFound: it is no month, or lies in the future.
    """
    try:
        period = parse_period(text)
    except BadPeriod as nonsense:
        raise NotFound from nonsense
    return find_month(period, today=clock.today())


def month_url(row: BillingPeriod) -> str:
    return reverse("billing-association:month", kwargs={"month": row.name})


def breadcrumb(row: BillingPeriod, *below: str) -> list[tuple[str, str]]:
    """The way from the board to the month, and to what is below it."""
    name = month_text(month_of(row))
    start = (_("Finanzen"), reverse("billing-association:months"))
    if not below:
        return [start, (name, "")]
    return [start, (name, month_url(row)), *((title, "") for title in below)]


def way_out(row: BillingPeriod, obstacle: Obstacle) -> tuple[str, str]:
    """Where an obstacle is removed, and what the link says; empty where only waiting helps."""
    kwargs = {"month": row.name}
    match obstacle.code:
        case "grace":
            return reverse("billing-association:stop-waiting", kwargs=kwargs), _("Nachfrist beenden")
        case "earlier":
            return reverse("billing-association:months"), _("Zu den Monaten")
        case "costs":
            return f"{reverse('billing-association:cost-enter')}?monat={row.name}", _("Kosten eintragen")
        case "corrections":
            return reverse("billing-association:corrections"), _("Zu den Berichtigungen")
        case "uncounted":
            return reverse("console-association:usage"), _("Zur Nutzung")
        case _:
            return "", ""
