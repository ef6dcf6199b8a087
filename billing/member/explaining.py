# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a member's share came about, in the sentences one checks it with: calculated again from the month's own record."""

from __future__ import annotations

from django.db.models import F

from billing.closing.explaining import again
from billing.closing.models import Run
from billing.derivation import derivation
from billing.gathering import member_key
from billing.member.reading import own_rows
from billing.member.statements import SHOWN
from tenants.models import Tenant
from verbund.metering.periods import Period


def share_derivations(period: Period) -> dict[str, tuple[str, ...]]:
    """Sentences for each cost centre the entered municipality has a share of, by the centre's code.

    Nothing for a month that is not approved, or that was calculated by other rules of the program: its lines still
    say numerator, denominator and versions.
    """
    with own_rows() as number:
        run = Run.objects.filter(
            period__month=period.first, period__state__in=SHOWN, period__run_id=F("pk")
        ).first()
        if run is None:
            return {}
        member = member_key(Tenant.objects.get(number=number))
    found = again(run)
    if found is None:
        return {}
    return {share.cost_centre: derivation(found, share) for share in found.shares if share.member == member}
