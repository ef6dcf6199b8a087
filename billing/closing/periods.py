# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Months: made when they are needed, and moved from open to the grace period as time goes by."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from billing.closing.models import BillingPeriod
from billing.closing.states import State
from billing.costs.checks import check_text
from billing.costs.models import REASON_LENGTH
from billing.fixed_months import guarded
from billing.forms import month_text
from billing.permissions import BillingPermission
from billing.persons import answerable
from verbund.accounts.reach import api as reach
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict, Forbidden
from verbund.kernel.working_days import add_working_days
from verbund.metering.periods import Period

GRACE_WORKING_DAYS = 3
# The triggers' own lock (migration 0002), here taken alone before anything is read.
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('verbund.billing/' || current_schema(), 0))"


def get_period(period: Period) -> BillingPeriod:
    """The month's row, made if it is not there yet; the association must be entered."""
    return BillingPeriod.objects.get_or_create(month=period.first)[0]


def locked(period: Period) -> BillingPeriod:
    """The month's row for a step; nobody adds to any month until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
    get_period(period)
    return BillingPeriod.objects.select_for_update(of=("self",)).select_related("run").get(month=period.first)


def month_of(row: BillingPeriod) -> Period:
    """The row's month as the meters know it."""
    return Period(row.month.year, row.month.month)


def grace_end(period: Period) -> date:
    """The last day on which late events of the month are awaited."""
    return add_working_days(period.after - timedelta(days=1), GRACE_WORKING_DAYS)


def follow_calendar(row: BillingPeriod, *, today: date) -> BillingPeriod:
    """Move a month that is over into its grace period; repeating changes nothing."""
    period = month_of(row)
    if row.state == State.OPEN and period.after <= today:
        row.state, row.grace_until = State.GRACE, row.grace_until or grace_end(period)
        row.save(update_fields=["state", "grace_until"])
    return row


def end_grace(*, period: Period, reason: str, by: Actor, at: datetime, today: date) -> BillingPeriod:
    """Wait no longer for late events of a month that is over; what comes later is a correction.

    Raises:
        Forbidden: the actor may not calculate, or nobody answers for it.
        Conflict: the month is not in its grace period.
    """
    must(by, BillingPermission.CALCULATE)
    answerable(by)
    given = check_text("reason", reason, most=REASON_LENGTH)
    with guarded("period"):
        row = follow_calendar(locked(period), today=today)
        if row.state != State.GRACE:
            raise wrong_state(row)
        row.grace_until = today - timedelta(days=1)
        row.save(update_fields=["grace_until"])
        audit.record(
            action="billing.period.grace_ended",
            subject=f"billing.period:{row.name}",
            by=by,
            reason=given,
            at=at,
        )
    return row


def must(by: Actor, permission: str) -> None:
    """Refuse whoever does not hold the right, or looks after some members only: a month is everybody's. The association must be entered.

    Raises:
        Forbidden: the actor does not, or is limited.
    """
    if not by.may(permission):
        raise Forbidden
    reach.check_all(by)


def wrong_state(row: BillingPeriod) -> Conflict:
    """A step that the month's state does not allow."""
    sentence = _(
        "Der Monat %(month)s ist „%(state)s“; dieser Schritt passt nicht dazu. Laden Sie die Übersicht neu."
    ) % {
        "month": month_text(month_of(row)),
        "state": row.state_label,
    }
    return Conflict(sentence, fields={"period": sentence})
