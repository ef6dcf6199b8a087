# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Does everything add up: what was received, what was counted, what the days say."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from verbund.kernel import context

# One statement, so that all sums are of the same moment. Days still to be recomputed are left out on both sides.
_SUMS = """
    SELECT (SELECT coalesce(sum(n), 0) FROM metering_usagebatch),
           (SELECT coalesce(sum(n), 0) FROM metering_usagecounter),
           (SELECT coalesce(sum(n), 0) FROM metering_usagelate),
           (SELECT coalesce(sum(n), 0) FROM metering_usageday u
            WHERE NOT EXISTS (SELECT FROM metering_usagestale s WHERE s.tenant = u.tenant AND s.day = u.day)),
           (SELECT coalesce(sum(n), 0) FROM metering_usagecounter c
            WHERE NOT EXISTS (SELECT FROM metering_usagestale s
                              WHERE s.tenant = c.tenant AND s.day = (c.hour AT TIME ZONE 'Europe/Berlin')::date)),
           (SELECT count(*) FROM metering_usagestale)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """Numbers of events. ``late`` came after their day was sealed. ``in_days`` and ``in_hours_of_days`` cover the days that are rolled up."""

    received: int
    counted: int
    late: int
    in_days: int
    in_hours_of_days: int
    stale_days: int

    @property
    def is_exact(self) -> bool:
        return self.received == self.counted + self.late and self.in_days == self.in_hours_of_days


def reconcile() -> Reconciliation:
    """Add up the whole ledger, whatever is entered; it reads every row, so not with every page."""
    with context.enter_association(), connection.cursor() as cursor:
        cursor.execute(_SUMS)
        received, counted, late, in_days, in_hours, stale = map(int, cursor.fetchone())
    return Reconciliation(
        received=received,
        counted=counted,
        late=late,
        in_days=in_days,
        in_hours_of_days=in_hours,
        stale_days=stale,
    )
