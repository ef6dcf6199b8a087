# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Corrections by what they wait for."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.db.models import Q, QuerySet

from billing.closing.models import Adjustment, BillingPeriod
from billing.closing.states import FIXED
from verbund.kernel.errors import NotFound


class Stand(StrEnum):
    """How far a correction is; the values stand in addresses."""

    WAITING = "wartet"
    APPROVED = "genehmigt"
    BOOKED = "gebucht"
    WITHDRAWN = "zurueckgezogen"


_IS_FIXED = Q(period__state__in=list(FIXED))
_CONDITIONS: Mapping[Stand, Q] = {
    Stand.WAITING: Q(approved_at=None, withdrawn_at=None),
    Stand.APPROVED: Q(approved_at__isnull=False) & ~_IS_FIXED,
    Stand.BOOKED: Q(approved_at__isnull=False) & _IS_FIXED,
    Stand.WITHDRAWN: Q(withdrawn_at__isnull=False),
}


def adjustments(stand: Stand) -> QuerySet[Adjustment]:
    """Those that are so far, the newest first; the association must be entered."""
    return _all().filter(_CONDITIONS[stand]).order_by("-pk")


def waiting_count() -> int:
    return Adjustment.objects.filter(_CONDITIONS[Stand.WAITING]).count()


def waiting_for(origin: BillingPeriod) -> int:
    """How many corrections of this month wait for a second person."""
    return Adjustment.objects.filter(_CONDITIONS[Stand.WAITING], origin=origin).count() if origin.pk else 0


def find_adjustment(adjustment_id: int) -> Adjustment:
    """A correction, however far it is.

    Raises:
        NotFound: there is none.
    """
    found = _all().filter(pk=adjustment_id).first()
    if found is None:
        raise NotFound
    return found


def stand_of(adjustment: Adjustment) -> Stand:
    if adjustment.withdrawn_at is not None:
        return Stand.WITHDRAWN
    if adjustment.approved_at is None:
        return Stand.WAITING
    return Stand.BOOKED if adjustment.period.state in FIXED else Stand.APPROVED


def _all() -> QuerySet[Adjustment]:
    return Adjustment.objects.select_related("tenant", "cost_centre", "service", "period", "origin")
