# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sealing days in order, and months over their days. What is sealed is never opened again; what comes later is kept apart."""

from __future__ import annotations

from datetime import date, timedelta

import structlog
from django.db import connection, transaction
from django.utils.translation import gettext as _

from verbund.kernel import clock, context
from verbund.kernel.errors import Invalid
from verbund.metering import rollup
from verbund.metering.models import UsageBatch, UsageSeal
from verbund.metering.periods import Period, bounds_of, period_of
from verbund.metering.sealing.boundary import sealed_until
from verbund.metering.sealing.canonical import START, Content, content_of_month, contents_of

log = structlog.get_logger()

# Three working days of grace fit into it, with a weekend and a holiday between.
_KEPT_OPEN = timedelta(days=7)
# Whoever took the day for today when counting has committed by then.
_SETTLED = timedelta(hours=1)
_FIRST = "SELECT (min(hour) AT TIME ZONE 'Europe/Berlin')::date FROM metering_usagecounter"
_STALE = "SELECT count(*) FROM metering_usagestale WHERE day = %s"


def seal_what_is_due() -> int:
    """Seal every day that ended more than a week ago, and the months those complete; returns how many seals are new.

    A ledger that began less than a week ago is left open: what was used before may still be on its way into it.
    """
    with context.enter_association():
        if not UsageBatch.objects.filter(received_at__lt=clock.now() - _KEPT_OPEN).exists():
            return 0
    return seal_until(clock.today() - _KEPT_OPEN)


def seal_month(period: Period) -> int:
    """Seal all days up to the end of the month, and the month; repeating changes nothing. Returns how many seals are new.

    Raises:
        Invalid: the month is not over, or its days are being rolled up by somebody else this moment.
    """
    if bounds_of(period.after)[0] + _SETTLED > clock.now():
        message = _(
            "Der Monat %(period)s ist noch nicht zu Ende. Versiegelt wird frühestens eine Stunde danach."
        ) % {"period": period}
        raise Invalid(f"period: {message}", fields={"period": message})
    new = seal_until(period.after - timedelta(days=1))
    if not is_sealed(period):
        message = _(
            "In %(period)s wird gerade noch gezählt. Bitte versuchen Sie es in einer Minute noch einmal."
        ) % {"period": period}
        raise Invalid(f"period: {message}", fields={"period": message})
    return new


def is_sealed(period: Period) -> bool:
    """Whether the month has its seal; a month before the first usage needs none."""
    with context.enter_association():
        if UsageSeal.objects.filter(kind="month", first=period.first).exists():
            return True
        first = _first_day()
        return first is None or first >= period.after


def seal_until(last: date) -> int:
    """Seal day after day up to and with ``last``, each in a transaction of its own; returns how many seals are new.

    Stops at a day that is not over or whose roll-up is not done: the next call goes on there.
    """
    new = 0
    rollup.roll_up()
    while found := _seal_next(last):
        new += found
    return new


def _seal_next(last: date) -> int:
    with context.enter_association(), transaction.atomic():
        before = sealed_until(alone=True)
        day = before + timedelta(days=1) if before is not None else _first_day()
        if day is None or day > last or bounds_of(day)[1] + _SETTLED > clock.now() or _is_stale(day):
            return 0
        value = _add(contents_of([day])[0])
        log.info("metering.day_sealed", day=day.isoformat(), seal=value.hex())
        if (day + timedelta(days=1)).day != 1:
            return 1
        _add(_month(period_of(day)))
        return 2


def _add(content: Content) -> bytes:
    newest = UsageSeal.objects.filter(kind=content.kind).order_by("-first").first()
    previous = bytes(newest.value) if newest is not None else START
    value = content.chained(previous)
    UsageSeal.objects.create(
        kind=content.kind,
        first=content.first,
        rows=content.rows,
        n=content.n,
        sums=dict(content.sums),
        sha256=content.sha256,
        previous=previous,
        value=value,
    )
    return value


def _month(period: Period) -> Content:
    days = UsageSeal.objects.filter(kind="day", first__gte=period.first, first__lt=period.after).order_by(
        "first"
    )
    return content_of_month(period.first, [(content_in(seal), bytes(seal.value)) for seal in days])


def content_in(seal: UsageSeal) -> Content:
    """What a stored seal says."""
    return Content(
        kind=seal.kind, first=seal.first, rows=seal.rows, n=seal.n, sums=seal.sums, sha256=bytes(seal.sha256)
    )


def _first_day() -> date | None:
    with connection.cursor() as cursor:
        cursor.execute(_FIRST)
        first: date | None = cursor.fetchone()[0]
    return first


def _is_stale(day: date) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_STALE, [day])
        return bool(cursor.fetchone()[0])
