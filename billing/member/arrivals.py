# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What arrived for the entered municipality in a month, held against what was counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from billing.ingest.rejected import rejected_of
from billing.member.reading import own_rows
from verbund.kernel import clock, context
from verbund.metering.arrivals import Arrival, arrivals, last_arrivals
from verbund.metering.periods import Period, period_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnArrivals:
    """``rejected`` are events of other systems by meter, empty where they named no meter of theirs; they are in no figure."""

    period: Period
    rows: tuple[Arrival, ...]
    rejected: dict[str, int]

    @property
    def received(self) -> int:
        return sum(row.received for row in self.rows)

    @property
    def counted(self) -> int:
        return sum(row.counted for row in self.rows)

    @property
    def late(self) -> int:
        return sum(row.late for row in self.rows)

    @property
    def rejected_sum(self) -> int:
        return sum(self.rejected.values())

    @property
    def is_exact(self) -> bool:
        return all(row.is_exact for row in self.rows)


def own_arrivals(period: Period) -> OwnArrivals:
    """Figures of the entered municipality and of no other."""
    with own_rows() as number:
        return OwnArrivals(
            period=period,
            rows=tuple(arrivals(tenant=number, period=period)),
            rejected=rejected_of(number, period),
        )


def own_freshness(period: Period) -> dict[str, datetime]:
    """When the last value of each meter arrived; only the running month says how fresh it is."""
    if period != period_of(clock.today()):
        return {}
    return last_arrivals(tenant=context.current_municipality().number, period=period)
