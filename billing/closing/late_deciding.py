# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deciding about usage that came late: a correction for each of its days, or left out with a reason, and that taken back."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Sum
from django.utils.translation import gettext as _

from billing.closing.adjusting import correct_usage
from billing.closing.late import LateUsage, find_late
from billing.closing.models import Adjustment, BillingPeriod, LateDecision
from billing.closing.periods import locked, must
from billing.costs.checks import check_text
from billing.costs.models import REASON_LENGTH
from billing.fixed_months import guarded
from billing.permissions import BillingPermission
from billing.persons import answerable
from tenants.models import Tenant
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict, NotFound
from verbund.metering.periods import Period


def take_over_late(
    *, period: Period, slug: str, meter: str, quantity: int, reason: str, by: Actor, at: datetime
) -> list[Adjustment]:
    """Ask for a correction of each day; ``quantity`` is what the person saw, so that nothing new slips in unseen.

    Raises:
        Forbidden: the actor may not, or nobody answers for it.
        NotFound: nothing is left to decide.
        Invalid: the reason is missing, or the member had no statement in that month.
        Conflict: more came meanwhile, or the month is not calculated.
    """
    must(by, BillingPermission.CORRECT)
    person = answerable(by)
    with guarded("reason"):
        row, found = _seen(period, slug, meter, quantity)
        asked = [
            correct_usage(
                origin=period,
                tenant=found.tenant,
                meter=meter,
                day=day,
                quantity=late,
                reason=reason,
                by=by,
                at=at,
            )
            for day, late in found.days.items()
        ]
        for (day, late), adjustment in zip(found.days.items(), asked, strict=True):
            decided = _decision(row, found, day, late)
            decided.adjustment, decided.reason = adjustment, adjustment.reason
            _save(decided, person, at)
        _record(found, "billing.late.taken_over", asked[0].reason, by, at)
    return asked


def leave_out_late(
    *, period: Period, slug: str, meter: str, quantity: int, reason: str, by: Actor, at: datetime
) -> None:
    """Decide that it is not billed.

    Raises:
        Forbidden: the actor may not, or nobody answers for it.
        NotFound: nothing is left to decide.
        Invalid: the reason is missing.
        Conflict: more came meanwhile.
    """
    must(by, BillingPermission.CORRECT)
    person = answerable(by)
    given = check_text("reason", reason, most=REASON_LENGTH)
    with guarded("reason"):
        row, found = _seen(period, slug, meter, quantity)
        for day, late in found.days.items():
            decided = _decision(row, found, day, late)
            decided.reason = given
            _save(decided, person, at)
        _record(found, "billing.late.left_out", given, by, at)


def reopen_late(*, period: Period, slug: str, meter: str, by: Actor, at: datetime) -> None:
    """Take back that it was left out; it is proposed again.

    Raises:
        Forbidden: the actor may not, or nobody answers for it.
        NotFound: nothing was left out.
    """
    must(by, BillingPermission.CORRECT)
    person = answerable(by)
    tenant = Tenant.objects.filter(slug=slug).first()
    if tenant is None:
        raise NotFound
    with guarded("meter"):
        row = locked(period)
        left_out = (
            LateDecision.objects.filter(period=row, tenant=tenant, meter=meter, adjustment=None)
            .values("day")
            .annotate(sum=Sum("quantity"))
            .order_by("day")
        )
        days = {one["day"]: one["sum"] for one in left_out if one["sum"]}
        if not days:
            raise NotFound
        reason = _("zurückgenommen")
        found = LateUsage(period=period, tenant=tenant, meter=meter, days=days, received_at=at)
        for day, late in days.items():
            decided = _decision(row, found, day, -late)
            decided.reason = reason
            _save(decided, person, at)
        _record(found, "billing.late.reopened", reason, by, at)


def _seen(period: Period, slug: str, meter: str, quantity: int) -> tuple[BillingPeriod, LateUsage]:
    """What is undecided once nobody else can decide; it must be what was shown."""
    row = locked(period)
    found = find_late(period, slug, meter)
    if found.quantity != quantity:
        sentence = _("Inzwischen ist mehr dazugekommen. Laden Sie die Seite neu.")
        raise Conflict(sentence, fields={"reason": sentence})
    return row, found


def _decision(row: BillingPeriod, found: LateUsage, day: date, quantity: int) -> LateDecision:
    return LateDecision(period=row, tenant=found.tenant, meter=found.meter, day=day, quantity=quantity)


def _save(decided: LateDecision, person: int, at: datetime) -> None:
    decided.decided_by, decided.decided_at = person, at
    decided.save(force_insert=True)


def _record(found: LateUsage, action: str, reason: str, by: Actor, at: datetime) -> None:
    audit.record(
        action=action,
        subject=f"billing.period:{found.period}",
        by=by,
        changes={
            "tenant": found.tenant.pk,
            "meter": found.meter,
            "quantity": found.quantity,
            "days": [day.isoformat() for day in found.days],
        },
        reason=reason,
        at=at,
    )
