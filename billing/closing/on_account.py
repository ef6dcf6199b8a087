# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A member's year on account: advances month by month beside the shares they are for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Sum

from billing.closing.models import StatementLine
from billing.closing.states import FIXED, LineKind
from billing.costs.advances import advances_of
from billing.costs.models import Service
from tenants.models import Tenant
from verbund.metering.periods import Period, period_of

_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountMonth:
    """``due`` are the instalments by day; ``share`` is None as long as the month is not calculated."""

    period: Period
    due: Mapping[date, int]
    share: int | None

    @property
    def cents(self) -> int:
        return sum(self.due.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAccount:
    """A service's twelve months of a year, in cents."""

    service: Service
    months: Sequence[AccountMonth]

    @property
    def advances(self) -> int:
        return sum(month.cents for month in self.months)

    @property
    def calculated(self) -> Sequence[AccountMonth]:
        return [month for month in self.months if month.share is not None]

    @property
    def shares(self) -> int:
        """Of the calculated months."""
        return sum(month.share or 0 for month in self.months)

    @property
    def ahead(self) -> int:
        """How much more than its shares the member has paid for the calculated months; negative when it has paid less."""
        return sum(month.cents for month in self.calculated) - self.shares

    @property
    def behind(self) -> int:
        return -self.ahead

    @property
    def is_settled(self) -> bool:
        """Whether December is calculated, which settles the year."""
        return self.months[-1].share is not None


def accounts_of(tenant: Tenant, year: int) -> list[ServiceAccount]:
    """Every service with advances of the member in the year; the association must be entered. Always three queries."""
    planned = {service: due for (number, service), due in advances_of(year).items() if number == tenant.pk}
    shares: dict[tuple[int, date], int] = {}
    calculated: set[date] = set()
    for service, month, kind, cents in (
        StatementLine.objects.filter(
            statement__tenant=tenant,
            statement__run__period__month__year=year,
            statement__run__period__state__in=FIXED,
            statement__run_id=F("statement__run__period__run_id"),
        )
        .order_by()
        .values_list("service", "statement__run__period__month", "kind")
        .annotate(cents=Sum("net_cents"))
    ):
        calculated.add(month)
        if kind == LineKind.SHARE:
            shares[service, month] = cents
    return [
        ServiceAccount(
            service=service,
            months=[
                AccountMonth(
                    period=period,
                    due={
                        day: cents
                        for day, cents in sorted(planned[service.pk].items())
                        if period_of(day) == period
                    },
                    share=shares.get((service.pk, period.first), 0) if period.first in calculated else None,
                )
                for period in (Period(year, number) for number in range(1, _MONTHS + 1))
            ],
        )
        for service in Service.objects.filter(pk__in=planned)
    ]
