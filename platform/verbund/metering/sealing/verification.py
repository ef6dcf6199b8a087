# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Recomputes the whole ledger from its counters and says where it first differs from what was sealed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db import connection

from verbund.kernel import context
from verbund.metering.models import UsageSeal
from verbund.metering.periods import bounds_of, period_of
from verbund.metering.reconciliation import reconcile
from verbund.metering.sealing.canonical import START, Content, content_of_month, contents_of
from verbund.metering.sealing.seals import content_in

# Hours of a month added up to days, and put beside the days that were rolled up.
_DAYS = """
    WITH hours AS (
        SELECT (hour AT TIME ZONE 'Europe/Berlin')::date AS day, tenant, meter, sum(quantity)::bigint AS quantity, sum(n)::bigint AS n
        FROM metering_usagecounter WHERE hour >= %(start)s AND hour < %(stop)s GROUP BY 1, 2, 3
    ), days AS (
        SELECT day, tenant, meter, quantity, n FROM metering_usageday WHERE day >= %(first)s AND day <= %(last)s
    )
    SELECT pair.* FROM (
        SELECT day, tenant, meter, d.quantity AS rolled_up, h.quantity AS counted FROM days d FULL JOIN hours h USING (day, tenant, meter)
        WHERE (d.quantity, d.n) IS DISTINCT FROM (h.quantity, h.n)
    ) AS pair
    WHERE NOT EXISTS (SELECT FROM metering_usagestale s WHERE s.tenant = pair.tenant AND s.day = pair.day)
    ORDER BY day, tenant, meter
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Where the ledger is not what it was: which day or month, what of it, and both values as text."""

    what: str
    first: date | None = None
    tenant: int | None = None
    meter: str | None = None
    expected: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """``difference`` is the first one, None when everything agrees; ``value`` is the seal of the last sealed month."""

    days: int
    months: int
    counters: int
    value: str
    difference: Difference | None


def verify() -> Verification:
    """Recompute every seal, the roll-up of every sealed day and the sums of all that was received; changes nothing.

    Counting may go on meanwhile: sealed days stand still, and all other sums are compared within one statement.
    """
    with context.enter_association():
        seals = list(UsageSeal.objects.order_by("first"))
        days = [seal for seal in seals if seal.kind == "day"]
        months = [seal for seal in seals if seal.kind == "month"]
        difference = next(differences(days, months), None)
    return Verification(
        days=len(days),
        months=len(months),
        counters=sum(seal.rows for seal in days),
        value=bytes(months[-1].value).hex() if months else "",
        difference=difference,
    )


def differences(days: Sequence[UsageSeal], months: Sequence[UsageSeal]) -> Iterator[Difference]:
    """All differences from these seals, in the order of time; in the association's context."""
    yield from _broken_chain(days)
    for _period, group in groupby(days, key=lambda seal: period_of(seal.first)):
        sealed = list(group)
        yield from _changed_days(sealed)
        yield from _changed_roll_up(sealed[0].first, sealed[-1].first)
    yield from _broken_chain(months)
    yield from _changed_months(days, months)
    yield from _lost_batches()


def _broken_chain(seals: Sequence[UsageSeal]) -> Iterator[Difference]:
    """A seal that was changed, removed or put in: its value does not follow from the one before."""
    previous, last = START, None
    for seal in seals:
        expected = content_in(seal).chained(previous)
        if bytes(seal.previous) != previous or bytes(seal.value) != expected or _has_gap(last, seal):
            yield Difference(
                what=f"{seal.kind}.chain",
                first=seal.first,
                expected=expected.hex(),
                found=bytes(seal.value).hex(),
            )
        previous, last = bytes(seal.value), seal


def _has_gap(last: UsageSeal | None, seal: UsageSeal) -> bool:
    if last is None:
        return False
    if seal.kind == "day":
        return (seal.first - last.first).days != 1
    return period_of(last.first).next.first != seal.first


def _changed_days(seals: Sequence[UsageSeal]) -> Iterator[Difference]:
    now = {content.first: content for content in contents_of([seal.first for seal in seals])}
    for seal in seals:
        if now[seal.first] != content_in(seal):
            yield _changed_day(content_in(seal), now[seal.first])


def _changed_day(sealed: Content, now: Content) -> Difference:
    for meter in sorted({*sealed.sums, *now.sums}):
        before, after = sealed.sums.get(meter, 0), now.sums.get(meter, 0)
        if before != after:
            return Difference(
                what="day.sum",
                first=sealed.first,
                tenant=_tenant_of_change(sealed.first, meter),
                meter=meter,
                expected=str(before),
                found=str(after),
            )
    return Difference(
        what="day.counters", first=sealed.first, expected=sealed.sha256.hex(), found=now.sha256.hex()
    )


def _tenant_of_change(day: date, meter: str) -> int | None:
    """Whose counters do not add up to the roll-up any more; None when that was changed as well."""
    found = [row for row in _changed_roll_up(day, day) if row.meter == meter]
    return found[0].tenant if found else None


def _changed_roll_up(first: date, last: date) -> Iterator[Difference]:
    given = {"first": first, "last": last, "start": bounds_of(first)[0], "stop": bounds_of(last)[1]}
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, given)
        for day, tenant, meter, rolled_up, counted in cursor.fetchall():
            yield Difference(
                what="day.roll_up",
                first=day,
                tenant=tenant,
                meter=meter,
                expected=str(counted or 0),
                found=str(rolled_up or 0),
            )


def _changed_months(days: Sequence[UsageSeal], months: Sequence[UsageSeal]) -> Iterator[Difference]:
    of_month = {
        period: [(content_in(seal), bytes(seal.value)) for seal in group]
        for period, group in groupby(days, key=lambda seal: period_of(seal.first))
    }
    for seal in months:
        expected = content_of_month(seal.first, of_month.get(period_of(seal.first), []))
        if expected != content_in(seal):
            yield Difference(
                what="month.days",
                first=seal.first,
                expected=expected.sha256.hex(),
                found=bytes(seal.sha256).hex(),
            )


def _lost_batches() -> Iterator[Difference]:
    sums = reconcile()
    if not sums.is_exact:
        yield Difference(
            what="received",
            expected=f"{sums.received}",
            found=f"{sums.counted} + {sums.late}",
        )
