# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands in the way of a month's next step, each with the way out; the board shows it, the steps refuse by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from billing.closing.models import Adjustment, BillingPeriod, Participation
from billing.closing.periods import grace_end, month_of
from billing.closing.states import FIXED, State
from billing.costs.models import ActualCost, CostCentre
from billing.forms import month_text
from verbund.kernel.errors import Conflict
from verbund.metering import queries
from verbund.metering.models import UsageStale
from verbund.metering.periods import bounds_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """``code`` for programs, ``sentence`` what is wrong, ``way_out`` what to do about it."""

    code: str
    sentence: str
    way_out: str


_APPROVED = [State.APPROVED, State.ISSUED, State.CLOSED]
FOLLOWING = {
    State.OPEN: State.CALCULATED,
    State.GRACE: State.CALCULATED,
    State.CALCULATED: State.APPROVED,
    State.APPROVED: State.ISSUED,
    State.ISSUED: State.CLOSED,
}


def obstacles(row: BillingPeriod, *, today: date, person: int | None = None) -> tuple[Obstacle, ...]:
    """Everything that blocks the month's next step; for an approval also what blocks this person."""
    step = FOLLOWING.get(State(row.state))
    if step is None:
        return ()
    found = list(_before(row, step, today))
    if step is State.APPROVED and person is not None and took_part(row, person):
        found.append(
            Obstacle(
                code="took_part",
                sentence=_("Sie haben an diesem Monat mitgewirkt."),
                way_out=_("Bitten Sie eine zweite Person um die Freigabe."),
            )
        )
    return tuple(found)


def refuse_blocked(row: BillingPeriod, step: State, *, today: date) -> None:
    """Refuse a step by the first obstacle.

    Raises:
        Conflict: something has to be done first.
    """
    for obstacle in _before(row, step, today):
        sentence = f"{obstacle.sentence} {obstacle.way_out}"
        raise Conflict(sentence, fields={obstacle.code: sentence})


def took_part(row: BillingPeriod, person: int) -> bool:
    """Whether the person calculated, corrected or entered something that goes into the month."""
    return Participation.objects.filter(period=row, person=person).exists()


def _before(row: BillingPeriod, step: State, today: date) -> Iterator[Obstacle]:
    if step is State.CALCULATED:
        yield from _time(row, today)
        yield from _order(row)
        yield from _costs(row)
        yield from _uncounted(row)
    if step in {State.CALCULATED, State.APPROVED}:
        yield from _corrections(row)
    if step is State.CLOSED:
        yield from _not_rolled_up(row)


def _time(row: BillingPeriod, today: date) -> Iterator[Obstacle]:
    period = month_of(row)
    if period.after > today:
        yield Obstacle(
            code="running",
            sentence=_("Der Monat %(month)s ist noch nicht zu Ende.") % {"month": month_text(period)},
            way_out=_("Berechnen Sie ihn zur Probe; es wird nichts geschrieben."),
        )
        return
    until = row.grace_until or grace_end(period)
    if until >= today:
        yield Obstacle(
            code="grace",
            sentence=_("Bis %(day)s wird auf verspätete Vorgänge gewartet.") % {"day": f"{until:%d.%m.%Y}"},
            way_out=_("Warten Sie so lange, oder beenden Sie die Nachfrist mit einem Grund."),
        )


def _order(row: BillingPeriod) -> Iterator[Obstacle]:
    """An earlier month with costs, or after the first that was approved; before that nothing was billed here."""
    began = BillingPeriod.objects.filter(state__in=_APPROVED, month__lt=OuterRef("month"))
    booked = ActualCost.objects.filter(month=OuterRef("month"))
    earlier = BillingPeriod.objects.filter(month__lt=row.month).exclude(state__in=_APPROVED)
    first = earlier.filter(Exists(began) | Exists(booked)).order_by("month").first()
    if first is not None:
        yield Obstacle(
            code="earlier",
            sentence=_("Der frühere Monat %(month)s ist noch nicht freigegeben.") % {"month": first.name},
            way_out=_("Rechnen Sie die Monate der Reihe nach ab."),
        )


def _costs(row: BillingPeriod) -> Iterator[Obstacle]:
    booked = set(ActualCost.objects.filter(month=row.month).values_list("centre_id", flat=True))
    for centre in CostCentre.objects.exclude(pk__in=booked).exclude(last_month__lt=row.month):
        yield Obstacle(
            code="costs",
            sentence=_("Für die Kostenstelle „%(title)s“ sind keine Kosten eingetragen.")
            % {"title": centre.title},
            way_out=_(
                "Tragen Sie die Kosten ein, auch wenn es null sind, oder beenden Sie die Kostenstelle."
            ),
        )


def _uncounted(row: BillingPeriod) -> Iterator[Obstacle]:
    end, _next = bounds_of(month_of(row).after)
    slugs = queries.slugs_of_all()
    for backlog in queries.backlog():
        if backlog.unpushed and backlog.oldest_at is not None and backlog.oldest_at < end:
            yield Obstacle(
                code="uncounted",
                sentence=_("Von %(tenant)s sind Vorgänge dieses Monats noch nicht gezählt.")
                % {"tenant": slugs.get(backlog.tenant, str(backlog.tenant))},
                way_out=_("Warten Sie eine Minute; bleibt es dabei, sagt „verbund tenants doctor“ warum."),
            )


def _corrections(row: BillingPeriod) -> Iterator[Obstacle]:
    waiting = Adjustment.objects.filter(period__month=row.month, approved_at=None, withdrawn_at=None).count()
    if waiting:
        yield Obstacle(
            code="corrections",
            sentence=_("Berichtigungen, die auf eine zweite Person warten: %(count)s.") % {"count": waiting},
            way_out=_("Genehmigen Sie sie, oder ziehen Sie sie zurück."),
        )


def _not_rolled_up(row: BillingPeriod) -> Iterator[Obstacle]:
    period = month_of(row)
    if UsageStale.objects.filter(day__gte=period.first, day__lt=period.after).exists():
        yield Obstacle(
            code="stale",
            sentence=_(
                "Zähler dieses Monats haben sich zuletzt geändert und sind noch nicht zusammengefasst."
            ),
            way_out=_("Warten Sie eine Minute und versuchen Sie es erneut."),
        )


def is_fixed(row: BillingPeriod) -> bool:
    """Whether nothing goes into the month any more."""
    return State(row.state) in FIXED
