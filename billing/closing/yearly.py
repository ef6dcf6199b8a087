# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A year of all months that are calculated: members, services and cost centres, month by month, beside the year before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, Sum

from billing.closing.models import BillingPeriod, StatementLine
from billing.closing.states import State
from billing.costs.models import CostCentre, Service
from tenants.models import Tenant
from verbund.kernel.sorting import sort_key
from verbund.metering.periods import Period, period_of

_COUNTING = F("statement__run__period__run_id")
_NONE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked at; codes of a service and a cost centre and a member's slug narrow it, empty ones do not."""

    year: int
    service: str = ""
    centre: str = ""
    member: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A member's share of one service, of one of its cost centres where there is one, by month in cents."""

    member: str
    member_name: str
    service: str
    service_title: str
    centre: str
    centre_title: str
    now: dict[int, int]
    before: dict[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRow:
    """Cents by month, None where there is no line; ``before`` of the compared months, None without any of them."""

    key: str
    title: str
    detail: str
    cells: Sequence[int | None]
    cents: int
    before: int | None
    difference: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearTable:
    """``months`` are those calculated; ``compared`` those of them that were billed in the year before, too.

    ``previews`` are months somebody may still calculate anew.
    """

    wanted: Wanted
    years: Sequence[int]
    months: Sequence[Period]
    compared: Sequence[Period]
    previews: Sequence[Period]
    parts: Sequence[Part]

    @property
    def total(self) -> YearRow:
        return self._row("", "", "", self.parts)

    @property
    def by_member(self) -> list[YearRow]:
        """A row for each member, by name."""
        return self._grouped(lambda part: (part.member_name, part.member, ""))

    @property
    def by_service(self) -> list[YearRow]:
        """A row for each service and cost centre, the key being both codes with a slash between."""
        return self._grouped(
            lambda part: (part.service_title, f"{part.service}/{part.centre}", part.centre_title)
        )

    @property
    def flat(self) -> list[tuple[Part, YearRow]]:
        """A row for each member, service and cost centre."""
        return [(part, self._row("", "", "", [part])) for part in self.parts]

    def _grouped(self, named: Callable[[Part], tuple[str, str, str]]) -> list[YearRow]:
        groups: dict[tuple[str, str, str], list[Part]] = defaultdict(list)
        for part in self.parts:
            groups[named(part)].append(part)
        ordered = sorted(groups.items(), key=lambda group: (sort_key(group[0][0]), group[0][2]))
        return [self._row(key, title, detail, parts) for (title, key, detail), parts in ordered]

    def _row(self, key: str, title: str, detail: str, parts: Iterable[Part]) -> YearRow:
        now, before = _added(part.now for part in parts), _added(part.before for part in parts)
        last = [before[month.month] for month in self.compared if month.month in before]
        same = sum(now.get(month.month, 0) for month in self.compared)
        return YearRow(
            key=key,
            title=title,
            detail=detail,
            cells=[now.get(month.month) for month in self.months],
            cents=sum(now.values()),
            before=sum(last) if last else None,
            difference=same - sum(last) if self.compared else None,
        )


def year_table(wanted: Wanted) -> YearTable:
    """The year's lines of the runs that count; the association must be entered. The number of queries does not grow with what there is."""
    periods = list(
        BillingPeriod.objects.filter(run__isnull=False).order_by("month").values_list("month", "state")
    )
    months = [period_of(month) for month, _state in periods if month.year == wanted.year]
    last = {month.month for month, _state in periods if month.year == wanted.year - 1}
    compared = [month for month in months if month.month in last]
    return YearTable(
        wanted=wanted,
        years=sorted({month.year for month, _state in periods}, reverse=True),
        months=months,
        compared=compared,
        previews=[
            period_of(month)
            for month, state in periods
            if state == State.CALCULATED and month.year == wanted.year
        ],
        # What was paid only in months of last year that are not compared has no place in the table.
        parts=[
            part
            for part in _parts(wanted)
            if part.now or any(month.month in part.before for month in compared)
        ],
    )


def _parts(wanted: Wanted) -> list[Part]:
    found: dict[tuple[int, int, int | None], tuple[dict[int, int], dict[int, int]]] = {}
    for tenant, service, centre, month, cents in _sums(wanted):
        now, before = found.setdefault((tenant, service, centre), ({}, {}))
        (now if month.year == wanted.year else before)[month.month] = cents
    tenants = Tenant.objects.only("number", "slug", "name").in_bulk({key[0] for key in found})
    services = Service.objects.in_bulk({key[1] for key in found})
    centres = CostCentre.objects.in_bulk({key[2] for key in found if key[2] is not None})
    parts = [
        Part(
            member=tenants[tenant].slug,
            member_name=tenants[tenant].name,
            service=services[service].code,
            service_title=services[service].title,
            centre=centres[centre].code if centre is not None else _NONE,
            centre_title=centres[centre].title if centre is not None else _NONE,
            now=now,
            before=before,
        )
        for (tenant, service, centre), (now, before) in found.items()
    ]
    return sorted(parts, key=lambda part: (sort_key(part.member_name), part.service_title, part.centre_title))


def _sums(wanted: Wanted) -> QuerySet[StatementLine, Any]:
    lines = StatementLine.objects.filter(
        statement__run__period__month__year__in=(wanted.year - 1, wanted.year), statement__run_id=_COUNTING
    )
    if wanted.service:
        lines = lines.filter(service__code=wanted.service)
    if wanted.centre:
        lines = lines.filter(cost_centre__code=wanted.centre)
    if wanted.member:
        lines = lines.filter(statement__tenant__slug=wanted.member)
    return (
        lines.order_by()
        .values_list("statement__tenant", "service", "cost_centre", "statement__run__period__month")
        .annotate(cents=Sum("net_cents"))
    )


def _added(series: Iterable[dict[int, int]]) -> dict[int, int]:
    sums: dict[int, int] = defaultdict(int)
    for months in series:
        for month, cents in months.items():
            sums[month] += cents
    return dict(sums)
