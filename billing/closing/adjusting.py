# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asking for a correction of an earlier month, approving it by another person, and taking the request back."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from billing.closing.models import Adjustment, BillingPeriod, Statement
from billing.closing.periods import get_period, month_of, must
from billing.closing.states import FIXED, State
from billing.costs.checks import check_cents, check_meter, check_text, refused
from billing.costs.models import REASON_LENGTH, CostCentre, Service
from billing.fixed_months import TookPart, guarded
from billing.permissions import BillingPermission
from billing.persons import answerable
from tenants.models import Tenant
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict, NotFound
from verbund.metering.periods import Period


def correct_usage(
    *,
    origin: Period,
    tenant: Tenant,
    meter: str,
    day: date,
    quantity: int,
    reason: str,
    by: Actor,
    at: datetime,
) -> Adjustment:
    """Ask for so much more or less of a meter on a day of an earlier month, in base units; everybody's share follows.

    Raises:
        Forbidden: the actor may not, or nobody answers for it.
        Invalid: meter, day, quantity or reason does not hold.
        Conflict: the month is not calculated yet.
    """
    check_meter("meter", meter)
    if not origin.first <= day < origin.after:
        raise refused("day", _("Der Tag liegt nicht in dem Monat, der berichtigt wird."))
    if quantity == 0 or abs(quantity) >= 2**62:
        raise refused("quantity", _("Nennen Sie, um wie viel zu wenig oder mit Minus zu viel gezählt wurde."))
    found = Adjustment(tenant=tenant, meter=meter, day=day, quantity=quantity)
    return _requested(found, origin, reason, by, at)


def correct_cost(
    *, origin: Period, centre: CostCentre, cents: int, reason: str, by: Actor, at: datetime
) -> Adjustment:
    """Ask for so much more or less cost of an earlier month, in cents; it is shared by the key of then.

    Raises:
        Forbidden: the actor may not, or nobody answers for it.
        Invalid: amount or reason does not hold.
        Conflict: the month is not calculated yet.
    """
    return _requested(Adjustment(cost_centre=centre, cents=_not_zero(cents)), origin, reason, by, at)


def correct_amount(
    *, origin: Period, tenant: Tenant, service: Service, cents: int, reason: str, by: Actor, at: datetime
) -> Adjustment:
    """Ask for an amount for one member under a service, in cents, negative for a refund.

    Raises:
        Forbidden: the actor may not, or nobody answers for it.
        Invalid: amount or reason does not hold.
        Conflict: the month is not calculated yet.
    """
    return _requested(
        Adjustment(tenant=tenant, service=service, cents=_not_zero(cents)), origin, reason, by, at
    )


def approve_adjustment(*, adjustment_id: int, by: Actor, at: datetime) -> Adjustment:
    """Approve a correction somebody else asked for; it goes into the month it is booked in.

    Raises:
        Forbidden: the actor may not, or nobody answers for it.
        TookPart: the person asked for it.
        NotFound: there is no such correction, or it is decided.
        MonthFixed: the month it is booked in is calculated.
    """
    must(by, BillingPermission.CORRECT)
    person = answerable(by)
    with guarded("adjustment"):
        found = _undecided(adjustment_id)
        if found.requested_by == person:
            sentence = _(
                "Sie haben diese Berichtigung beantragt. Bitten Sie eine zweite Person um die Genehmigung."
            )
            raise TookPart(sentence, fields={"adjustment": sentence})
        found.approved_by, found.approved_at = person, at
        found.save(update_fields=["approved_by", "approved_at"])
        _record(found, "billing.adjustment.approved", by, at)
    return found


def withdraw_adjustment(*, adjustment_id: int, by: Actor, at: datetime) -> Adjustment:
    """Take back a correction that is not approved yet.

    Raises:
        Forbidden: the actor may not, or nobody answers for it.
        NotFound: there is no such correction, or it is decided.
        MonthFixed: the month it is booked in is calculated.
    """
    must(by, BillingPermission.CORRECT)
    answerable(by)
    with guarded("adjustment"):
        found = _undecided(adjustment_id)
        found.withdrawn_at = at
        found.save(update_fields=["withdrawn_at"])
        _record(found, "billing.adjustment.withdrawn", by, at)
    return found


def _requested(found: Adjustment, origin: Period, reason: str, by: Actor, at: datetime) -> Adjustment:
    must(by, BillingPermission.CORRECT)
    found.requested_by = answerable(by)
    found.reason = check_text("reason", reason, most=REASON_LENGTH)
    found.requested_at = at
    with guarded("origin"):
        found.origin = get_period(origin)
        if State(found.origin.state) not in FIXED:
            sentence = _(
                "Der Monat %(month)s ist noch offen. Berichtigen Sie dort die Kosten oder warten Sie auf die Zähler."
            ) % {"month": found.origin.name}
            raise Conflict(sentence, fields={"origin": sentence})
        if found.tenant_id is not None and not _was_billed(found.origin, found.tenant_id):
            raise refused(
                "tenant", _("In diesem Monat hatte die Kommune keine Abrechnung. Wählen Sie eine andere.")
            )
        found.period = _open_after(origin)
        found.save(force_insert=True)
        _record(found, "billing.adjustment.requested", by, at)
    return found


def _was_billed(origin: BillingPeriod, tenant: int) -> bool:
    return Statement.objects.filter(run=origin.run_id, tenant=tenant).exists()


def _open_after(origin: Period) -> BillingPeriod:
    """The first month after the old one that still takes something in."""
    period = origin.next
    while State((row := get_period(period)).state) in FIXED:
        period = month_of(row).next
    return row


def _not_zero(cents: int) -> int:
    if cents == 0:
        raise refused("cents", _("Nennen Sie den Betrag, um den es zu wenig oder mit Minus zu viel war."))
    return check_cents("cents", cents)


def _undecided(adjustment_id: int) -> Adjustment:
    found = (
        Adjustment.objects.select_for_update(of=("self",))
        .filter(pk=adjustment_id, approved_at=None, withdrawn_at=None)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def _record(found: Adjustment, action: str, by: Actor, at: datetime) -> None:
    audit.record(
        action=action,
        subject=f"billing.adjustment:{found.pk}",
        by=by,
        changes={
            "period": found.period.name,
            "origin": found.origin.name,
            "tenant": found.tenant_id,
            "meter": found.meter,
            "quantity": found.quantity,
            "cents": found.cents,
        },
        reason=found.reason,
        at=at,
    )
