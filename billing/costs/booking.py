# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What cost centres really cost: entered for a month, replaced with a reason as long as the month is open."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from billing.costs.checks import check_cents, check_month, check_text, refused
from billing.costs.models import REASON_LENGTH, SOURCE_LENGTH, ActualCost, CostCentre
from billing.fixed_months import guarded
from billing.persons import person_of
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict, NotFound


def enter_cost(
    *, centre: CostCentre, month: date, cents: int, source: str, by: Actor, at: datetime
) -> ActualCost:
    """Book a cost; several of a month add up. The association must be entered.

    Raises:
        Invalid: month, amount or source does not hold, or the cost centre has ended.
        MonthFixed: the month is calculated already.
    """
    check_month("month", month)
    if centre.last_month is not None and month > centre.last_month:
        raise refused(
            "month",
            _("Die Kostenstelle „%(title)s“ ist beendet. Wählen Sie eine andere.") % {"title": centre.title},
        )
    cost = ActualCost(
        centre=centre,
        month=month,
        cents=check_cents("cents", cents),
        source=check_text("source", source, most=SOURCE_LENGTH),
        entered_by=person_of(by),
        entered_at=at,
    )
    with guarded("month"):
        cost.save(force_insert=True)
        _record(cost, "billing.cost.entered", by, at)
    return cost


def replace_cost(
    *, cost_id: int, cents: int, source: str, reason: str, by: Actor, at: datetime
) -> ActualCost:
    """Put another amount in the place of one, with the reason; 0 takes it back. The old row stays.

    Raises:
        NotFound: there is no such cost.
        Invalid: amount, source or reason does not hold.
        Conflict: it was replaced already.
        MonthFixed: the month is calculated already.
    """
    old = ActualCost.objects.select_related("centre").filter(pk=cost_id).first()
    if old is None:
        raise NotFound
    cost = ActualCost(
        centre=old.centre,
        month=old.month,
        cents=check_cents("cents", cents),
        source=check_text("source", source, most=SOURCE_LENGTH),
        replaces=old,
        reason=check_text("reason", reason, most=REASON_LENGTH),
        entered_by=person_of(by),
        entered_at=at,
    )
    with guarded("month"):
        try:
            with transaction.atomic():
                cost.save(force_insert=True)
        except IntegrityError as error:
            raise Conflict(_("Dieser Betrag ist schon ersetzt. Ersetzen Sie den neuen.")) from error
        _record(cost, "billing.cost.replaced", by, at)
    return cost


def find_cost(cost_id: int) -> ActualCost:
    """An amount that counts, with its cost centre.

    Raises:
        NotFound: there is none, or another has taken its place.
    """
    cost = ActualCost.objects.select_related("centre").filter(pk=cost_id, replaced_by=None).first()
    if cost is None:
        raise NotFound(_("Diesen Betrag gibt es nicht, oder er ist schon ersetzt."))
    return cost


def costs_of(centre: CostCentre) -> QuerySet[ActualCost]:
    """All amounts of a cost centre, replaced ones too, by month and the newest first."""
    return (
        ActualCost.objects.filter(centre=centre)
        .select_related("replaced_by", "replaces")
        .order_by("-month", "-pk")
    )


def _record(cost: ActualCost, action: str, by: Actor, at: datetime) -> None:
    audit.record(
        action=action,
        subject=f"billing.cost:{cost.pk}",
        by=by,
        changes={
            "cost_centre": cost.centre.code,
            "month": cost.month.isoformat(),
            "cents": [cost.replaces.cents, cost.cents] if cost.replaces else cost.cents,
        },
        reason=cost.reason,
        at=at,
    )
