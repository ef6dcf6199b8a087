# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a member's lines came about, in the sentences one checks them with: calculated again from the months' own records."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F

from billing.closing.explaining import explanations
from billing.closing.models import Run, StatementLine
from billing.member.reading import own_rows
from billing.member.statements import SHOWN
from tenants.models import Tenant
from verbund.kernel import context
from verbund.metering.periods import Period


def line_derivations(period: Period, lines: Sequence[StatementLine]) -> dict[int, tuple[str, ...]]:
    """Sentences for the entered municipality's own lines of a month, by position.

    Nothing for a month that is not approved, or that was calculated by other rules of the program: its lines still
    say numerator, denominator and versions. An allocation is one for all members, so the records are read without the
    limit of `own_rows`; what leaves this function is said of the own lines alone.
    """
    number = context.current_municipality().number
    with own_rows():
        run = (
            Run.objects.filter(period__month=period.first, period__state__in=SHOWN, period__run_id=F("pk"))
            .select_related("period")
            .first()
        )
    if run is None:
        return {}
    with context.enter_association():
        return explanations(run, Tenant.objects.get(number=number), lines)
