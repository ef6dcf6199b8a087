# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was used in a month, as rows for people, tables and programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tenants import directory
from tenants.models import Tenant
from tenants.states import WITH_DATA
from verbund.documents.listings.listing import Listing
from verbund.kernel import clock, context, registry
from verbund.kernel.errors import Invalid
from verbund.metering import pusher, queries
from verbund.metering.arrivals import estimated_hours
from verbund.metering.periods import Period
from verbund.metering.reconciliation import Reconciliation, reconcile
from verbund.metering.samples import levels_of
from verbund.metering.usage_listing import usage_listing

COLUMNS = ("tenant", "period", "meter", "unit", "quantity")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One line of the report; the fields are its columns."""

    tenant: str
    period: str
    meter: str
    unit: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Facts of a municipality that are not in the figures yet, as of ``checked_at``."""

    tenant: str
    unpushed: int
    checked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageReport:
    """The rows of a month, what they do not hold yet, and whether the ledger adds up; of one ``number`` or of all."""

    period: Period
    number: int | None
    made_at: datetime
    rows: tuple[ReportRow, ...]
    waiting: tuple[Waiting, ...]
    sums: Reconciliation


def usage_rows(*, period: Period, tenant: str | None = None, meter: str | None = None) -> list[ReportRow]:
    """Usage by tenant and meter, ordered by the tenants' numbers.

    Raises:
        Invalid: there is no such tenant or meter.
    """
    slugs = queries.slugs_of_all()
    number = _number(tenant, slugs) if tenant is not None else None
    if meter is not None and meter not in registry.meters():
        raise _refusal("meter", _("Den Zähler „%(meter)s“ gibt es nicht.") % {"meter": meter})
    return [
        ReportRow(
            tenant=slugs.get(row.tenant, str(row.tenant)),
            period=str(period),
            meter=row.meter,
            unit=row.unit,
            quantity=row.quantity,
        )
        for row in queries.usage_by_month(period, tenant=number).rows
        if row.quantity and meter in {None, row.meter}
    ]


def usage_report(*, period: Period, tenant: str | None = None) -> UsageReport:
    """The complete report, also of what is waiting in the schemas of the municipalities at this moment.

    Enters each municipality for itself, so it is for the command line and not for a request.

    Raises:
        Invalid: there is no such tenant.
    """
    slugs = queries.slugs_of_all()
    number = _number(tenant, slugs) if tenant is not None else None
    _look_for_waiting(number)
    waiting = tuple(
        Waiting(
            tenant=slugs.get(row.tenant, str(row.tenant)), unpushed=row.unpushed, checked_at=row.checked_at
        )
        for row in queries.backlog()
        if row.unpushed and number in {None, row.tenant}
    )
    return UsageReport(
        period=period,
        number=number,
        made_at=clock.now(),
        rows=tuple(usage_rows(period=period, tenant=tenant)),
        waiting=waiting,
        sums=reconcile(),
    )


def as_csv(report: UsageReport) -> str:
    """For programs: semicolon, one line for each row, columns as COLUMNS."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([getattr(row, column) for column in COLUMNS] for row in report.rows)
    return written.getvalue()


def as_listing(report: UsageReport) -> Listing:
    """For people, with names, labels and the month before; what is waiting is said in its notes."""
    slugs = queries.slugs_of_all()
    with context.enter_association():
        names = dict(Tenant.objects.values_list("number", "name"))
    return usage_listing(
        period=report.period,
        rows=queries.usage_by_month(report.period, tenant=report.number).rows,
        estimated=estimated_hours(report.period, tenant=report.number),
        names={
            number: (slug, names.get(number, _("Verband (eigene Seiten)"))) for number, slug in slugs.items()
        },
        notes=[
            _("Noch nicht gezählt: %(count)s Vorgänge von %(tenant)s.")
            % {"count": row.unpushed, "tenant": row.tenant}
            for row in report.waiting
        ],
    )


def as_json(report: UsageReport) -> str:
    """The rows and, beside them, peak and mean of levels, what is waiting and how the ledger adds up."""
    slugs = queries.slugs_of_all()
    content = {
        "period": str(report.period),
        "made_at": report.made_at.isoformat(),
        "rows": [asdict(row) for row in report.rows],
        "levels": [
            {**asdict(level), "tenant": slugs.get(level.tenant, str(level.tenant))}
            for level in levels_of(report.period, tenant=report.number)
        ],
        "waiting": [{**asdict(row), "checked_at": row.checked_at.isoformat()} for row in report.waiting],
        "reconciliation": {**asdict(report.sums), "is_exact": report.sums.is_exact},
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _look_for_waiting(number: int | None) -> None:
    for municipality in directory.in_states(WITH_DATA):
        if number in {None, municipality.number}:
            with context.enter(municipality):
                pusher.note_backlog()
    if number in {None, 0}:
        with context.enter_association():
            pusher.note_backlog()


def _number(tenant: str, slugs: Mapping[int, str]) -> int:
    number = next((number for number, slug in slugs.items() if slug == tenant), None)
    if number is None:
        raise _refusal("tenant", _("Die Kommune „%(tenant)s“ gibt es nicht.") % {"tenant": tenant})
    return number


def _refusal(field: str, message: str) -> Invalid:
    return Invalid(f"{field}: {message}", fields={field: message})
