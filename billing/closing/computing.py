# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a month comes to: engine, advances and corrections together; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from billing.allocation.run import Run, calculate
from billing.allocation.spans import Period as Days
from billing.closing.correcting import Corrected, corrected
from billing.closing.drafting import DraftLine, Naming, drafted, statements_record
from billing.closing.models import BillingPeriod, StatementLine
from billing.closing.periods import month_of
from billing.closing.settling import Account, settled
from billing.closing.states import FIXED, LineKind
from billing.costs.advances import advances_of
from billing.costs.models import Service
from billing.gathering import material_of, member_key
from billing.plan import BookedPlan, plan_of, regimes_on
from billing.refusals import spoken
from tenants.models import Tenant
from verbund.kernel.errors import Invalid
from verbund.metering.queries import label_of


@dataclass(frozen=True, kw_only=True)
class Computed:
    """A month calculated: the engine's run, all lines, both records, and the rows the codes stand for."""

    run: Run
    booked: BookedPlan
    corrected: Corrected
    members: dict[str, int]
    lines: tuple[DraftLine, ...]
    record: bytes
    statements_record: bytes

    @property
    def sha256(self) -> str:
        """Over both records."""
        return sha256(self.record + self.statements_record).hexdigest()

    @property
    def cents(self) -> int:
        return sum(line.net_cents for line in self.lines)


def compute(row: BillingPeriod) -> Computed:
    """Calculate a month from the tables, the counters and the approved corrections; the association must be entered.

    Raises:
        Invalid: something is missing or impossible; the field is named.
    """
    period = month_of(row)
    booked = plan_of(period)
    with spoken():
        run = calculate(material_of(period, booked.plan))
    services = {service.code: service for service in Service.objects.all()}
    naming = _naming(booked, services, row)
    fixed = corrected(row)
    numbers = {member_key(tenant): tenant.number for tenant in Tenant.objects.filter(origin="")}
    members = {item.member: numbers[item.member] for item in run.material.memberships} | fixed.members
    lines = drafted(run, naming)
    lines += settled(
        lines,
        _accounts(row, members, {item.member for item in run.material.memberships}, services.values()),
        first=period.first,
        leaving=_leaving(run),
        regimes=naming.regimes,
        names=naming.services,
    )
    lines += fixed.lines
    _check_regimes(lines, services)
    record = run.record()
    return Computed(
        run=run,
        booked=booked,
        corrected=fixed,
        members=members,
        lines=tuple(lines),
        record=record,
        statements_record=statements_record(
            period=str(period),
            allocation_sha256=sha256(record).hexdigest(),
            members=members,
            lines=lines,
        ),
    )


def _naming(booked: BookedPlan, services: dict[str, Service], row: BillingPeriod) -> Naming:
    regimes = regimes_on(row.month)
    return Naming(
        services={code: service.title for code, service in services.items()},
        regimes={
            code: regimes[service.pk].value if service.pk in regimes else ""
            for code, service in services.items()
        },
        service_of_centre={code: centre.service.code for code, centre in booked.centres.items()},
        centres={code: centre.title for code, centre in booked.centres.items()},
        meters={
            charge.meter: label_of(charge.meter) for prices in booked.plan.prices for charge in prices.charges
        },
    )


def _check_regimes(lines: Iterable[DraftLine], services: dict[str, Service]) -> None:
    for line in lines:
        if not line.regime:
            sentence = _(
                "Für den Dienst „%(service)s“ gilt in diesem Monat keine Steuerart. Tragen Sie ein, was die Steuerberatung festgelegt hat."
            ) % {"service": services[line.service].title}
            raise Invalid(sentence, fields={"regime": sentence})


def _leaving(run: Run) -> frozenset[str]:
    """Members that are none any more on the last day of the month."""
    last = run.material.period.last
    day = Days(first=last, last=last)
    return frozenset(item.member for item in run.material.memberships if not day.within(item.spans))


def _accounts(
    row: BillingPeriod, members: dict[str, int], there: set[str], services: Iterable[Service]
) -> list[Account]:
    keys = {members[member]: member for member in there}
    codes = {service.pk: service.code for service in services}
    carried = {
        (tenant, service): cents
        for tenant, service, cents in StatementLine.objects.filter(
            kind__in=[LineKind.ADVANCE, LineKind.TRUE_UP],
            statement__run__period__month__year=row.month.year,
            statement__run__period__month__lt=row.month,
            statement__run__period__state__in=FIXED,
            statement__run_id=F("statement__run__period__run_id"),
        )
        .values_list("statement__tenant", "service")
        .annotate(sum=Sum("net_cents"))
    }
    return [
        Account(
            member=keys[tenant],
            service=codes[service],
            due=due,
            carried_cents=carried.get((tenant, service), 0),
        )
        for (tenant, service), due in sorted(advances_of(row.month.year).items())
        if tenant in keys
    ]
