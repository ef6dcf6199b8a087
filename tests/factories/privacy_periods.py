# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reports whose period is over, and holds."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.factories.defects import make_report
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM, Actor
from verbund.kernel.context import Municipality
from verbund.modules.defects.models import Report
from verbund.modules.defects.states import State
from verbund.privacy.offers.duties import change_duty
from verbund.privacy.offers.offering import offer_now
from verbund.privacy.periods.holding import hold_case
from verbund.privacy.periods.models import Why


def close_long_ago(report: Report, *, at: datetime | None = None) -> Report:
    """As if it had been closed then; ten years ago where nothing is said."""
    closed_at = at or clock.now() - timedelta(days=3660)
    Report.objects.filter(pk=report.pk).update(state=State.DONE, closed_at=closed_at)
    return report


def hold(report: Report, *, by: Actor, until_on: date | None = None, at: datetime | None = None) -> str:
    """Hold a report back; returns its number."""
    now = at or clock.now()
    until = until_on or clock.day_of(now) + timedelta(days=30)
    return hold_case(reference=report.reference, why=Why.DISPUTE, until_on=until, by=by, at=now).reference


def archive_does_without(*members: Municipality, slug: str = "defects.report") -> None:
    """The archive has said that it wants none of them, so that they go without an offer."""
    for member in members:
        with context.enter(member):
            change_duty(slug=slug, is_offered=False, months=6, reason="Verzicht", by=SYSTEM, at=clock.now())


def make_offer() -> int:
    """An offer of two reports that waits for its answer; returns its number."""
    for _each in range(2):
        close_long_ago(make_report())
    return offer_now(slug="defects.report", by=SYSTEM, at=clock.now()).number
