# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What arrived for the entered municipality in a month, held against what was counted."""

from __future__ import annotations

from dataclasses import dataclass

from billing.ingest.rejected import rejected_of
from billing.member.reading import own_rows
from verbund.kernel import clock, context
from verbund.metering.arrivals import Arrival, arrivals, estimated_text, marks
from verbund.metering.periods import Period, period_of
from verbund.web.texts import ago_text


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


def own_marks(period: Period) -> dict[str, tuple[str, str]]:
    """By meter, how long ago its last value came, and how many hours of its level are estimated; both in words or empty.

    Only the running month says how fresh it is.
    """
    now = clock.now()
    is_running = period == period_of(clock.today())
    found = marks(tenant=context.current_municipality().number, period=period)
    return {
        meter: (
            ago_text(mark.last_at, now) if is_running and mark.last_at else "",
            estimated_text(mark.estimated) if mark.estimated else "",
        )
        for meter, mark in found.items()
    }
