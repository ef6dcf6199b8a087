# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table of costs is taken whole or not at all; a dry run does all of it and takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from billing.costs.booking import enter_cost
from billing.costs.cost_lines import Complaint, CostLine, LinesRefused, parsed, titles
from billing.costs.models import ActualCost, CostCentre
from verbund.kernel.actors import Actor
from verbund.kernel.errors import DomainError

# Which column a refusal of the booking is about.
_COLUMN_OF = {"month": "month", "cents": "cents", "source": "source"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthTaken:
    """What came in for one month."""

    month: date
    count: int
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CostsTaken:
    """``known`` lines stood there already, with the same month, voucher and amount."""

    months: Sequence[MonthTaken]
    known: int

    @property
    def count(self) -> int:
        return sum(month.count for month in self.months)

    @property
    def cents(self) -> int:
        return sum(month.cents for month in self.months)


def take_costs(*, content: str, is_dry_run: bool, by: Actor, at: datetime) -> CostsTaken:
    """Book every line of a table; one that is there already is passed over, so the same table may be read again.

    The association must be entered. A dry run books nothing that stays.

    Raises:
        Invalid: the table cannot be read.
        LinesRefused: at least one line does not hold; nothing is booked.
        Forbidden: nobody answers for it.
    """
    lines, complaints = parsed(content)
    with transaction.atomic():
        taken = _book(lines, complaints, by, at)
        if is_dry_run:
            transaction.set_rollback(True)
    return taken


def _book(lines: Sequence[CostLine], complaints: list[Complaint], by: Actor, at: datetime) -> CostsTaken:
    centres = {centre.code: centre for centre in CostCentre.objects.select_related("service")}
    standing = {
        (cost.centre.code, cost.month, cost.source): cost.cents
        for cost in ActualCost.objects.filter(
            month__in={line.month for line in lines}, replaced_by=None
        ).select_related("centre")
    }
    before: dict[tuple[str, date, str], int] = {}
    booked: list[CostLine] = []
    known = 0
    for line in lines:
        key = (line.centre, line.month, line.source)
        sentence = _twice(line, before.get(key), standing.get(key))
        before.setdefault(key, line.number)
        if sentence:
            complaints.append(Complaint(number=line.number, column=titles()["source"], sentence=sentence))
        elif key in standing:
            known += 1
        elif _enter(line, centres.get(line.centre), complaints, by, at):
            booked.append(line)
    if complaints:
        raise LinesRefused(complaints)
    months = sorted({line.month for line in booked})
    return CostsTaken(months=[_month(month, booked) for month in months], known=known)


def _twice(line: CostLine, earlier: int | None, cents: int | None) -> str:
    if earlier is not None:
        return _("Kostenstelle, Monat und Beleg stehen schon in Zeile %(line)s.") % {"line": earlier}
    if cents is not None and cents != line.cents:
        return _("Zu diesem Beleg ist ein anderer Betrag eingetragen. Berichtigen Sie ihn dort.")
    return ""


def _enter(
    line: CostLine, centre: CostCentre | None, complaints: list[Complaint], by: Actor, at: datetime
) -> bool:
    """Whether the line is booked; otherwise a complaint says why not."""
    named = titles()
    if centre is None:
        sentence = _("Eine Kostenstelle mit diesem Kürzel gibt es nicht.")
        complaints.append(Complaint(number=line.number, column=named["centre"], sentence=sentence))
        return False
    try:
        enter_cost(centre=centre, month=line.month, cents=line.cents, source=line.source, by=by, at=at)
    except DomainError as refusal:
        if not refusal.fields:
            raise
        complaints.extend(
            Complaint(number=line.number, column=named[_COLUMN_OF.get(field, "centre")], sentence=said)
            for field, said in refusal.fields.items()
        )
        return False
    return True


def _month(month: date, booked: Sequence[CostLine]) -> MonthTaken:
    mine = [line.cents for line in booked if line.month == month]
    return MonthTaken(month=month, count=len(mine), cents=sum(mine))
