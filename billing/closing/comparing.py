# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a run comes to for each member and service, beside the run before it and the year before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Sum

from billing.closing.models import BillingPeriod, Run, Statement, StatementLine
from billing.costs.models import Service
from tenants.models import Tenant
from verbund.metering.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """A member's cents by service, in the order of the table's services; None where it has no line."""

    slug: str
    name: str
    titles: Sequence[str]
    cells: Sequence[int | None]
    cents: int
    before: int | None

    @property
    def titled(self) -> list[tuple[int | None, str]]:
        """Cells with the titles of their services."""
        return list(zip(self.cells, self.titles, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Members and services of a run; ``before`` is the same month of the year before, where it was billed."""

    services: Sequence[Service]
    rows: Sequence[MemberRow]
    sums: Sequence[int]
    cents: int
    before: int | None

    @property
    def titled_sums(self) -> list[tuple[int, str]]:
        """Sums with the titles of their services."""
        return [(cents, service.title) for cents, service in zip(self.sums, self.services, strict=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a member pays by the run and paid by the one before; None where it had no statement."""

    name: str
    old: int | None
    new: int | None

    @property
    def cents(self) -> int:
        return (self.new or 0) - (self.old or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Members whose amount changed since an earlier run of the same month, the largest difference first."""

    number: int
    old: int
    new: int
    changes: Sequence[Change]


def table_of(run: Run, period: Period, *, centre: str = "") -> Table:
    """The run's lines added up; with a cost centre's code only the shares of it."""
    lines = StatementLine.objects.filter(statement__run=run)
    last_year = StatementLine.objects.filter(
        statement__run__period__month=period.first.replace(year=period.year - 1),
        statement__run__period__run_id=F("statement__run_id"),
    )
    if centre:
        lines, last_year = lines.filter(cost_centre__code=centre), last_year.filter(cost_centre__code=centre)
    cents = {
        (row["statement__tenant"], row["service"]): row["cents"]
        for row in lines.values("statement__tenant", "service").annotate(cents=Sum("net_cents")).order_by()
    }
    before = {
        row["statement__tenant"]: row["cents"]
        for row in last_year.values("statement__tenant").annotate(cents=Sum("net_cents")).order_by()
    }
    services = list(Service.objects.filter(pk__in={service for _tenant, service in cents}))
    tenants = Tenant.objects.filter(pk__in={tenant for tenant, _service in cents}).only("slug", "name")
    rows = [_row(tenant, services, cents, before) for tenant in tenants.order_by("sort_key")]
    return Table(
        services=services,
        rows=rows,
        sums=[
            sum(found for (_tenant, service), found in cents.items() if service == one.pk) for one in services
        ],
        cents=sum(cents.values()),
        before=sum(before.values()) if before else None,
    )


def compared(row: BillingPeriod) -> Comparison | None:
    """The run that counts beside the one calculated before it; None where there is none."""
    run = row.run
    earlier = (
        row.runs.filter(number__lt=run.number).order_by("-number").only("number", "cents").first()
        if run
        else None
    )
    if run is None or earlier is None:
        return None
    old: dict[str, int] = {}
    new: dict[str, int] = {}
    for statement in _statements([earlier.pk, run.pk]):
        (new if statement.run_id == run.pk else old)[statement.tenant.name] = statement.cents
    changes = [
        Change(name=name, old=old.get(name), new=new.get(name))
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    ]
    return Comparison(
        number=earlier.number,
        old=earlier.cents,
        new=run.cents,
        changes=sorted(changes, key=lambda change: -abs(change.cents)),
    )


def _statements(runs: Iterable[int]) -> Iterable[Statement]:
    return (
        Statement.objects.filter(run__in=runs).select_related("tenant").only("run", "cents", "tenant__name")
    )


def _row(
    tenant: Tenant,
    services: Sequence[Service],
    cents: dict[tuple[int, int], int],
    before: dict[int, int],
) -> MemberRow:
    cells = [cents.get((tenant.pk, service.pk)) for service in services]
    return MemberRow(
        slug=tenant.slug,
        name=tenant.name,
        titles=[service.title for service in services],
        cells=cells,
        cents=sum(found for found in cells if found is not None),
        before=before.get(tenant.pk),
    )
