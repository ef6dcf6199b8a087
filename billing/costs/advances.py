# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Instalments on account of a year's shares: each member's planned share in equal parts, odd cents due first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from billing.allocation.settlement import advances
from billing.costs.checks import check_cents, check_text, refused
from billing.costs.models import SOURCE_LENGTH, Advance, Service
from billing.fixed_months import guarded
from billing.persons import person_of
from billing.refusals import spoken
from tenants.models import Tenant
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.metering.periods import Period

# Every month has it.
LATEST_DAY = 28


def plan_advances(
    *, service: Service, planned: Mapping[int, int], due: Sequence[date], source: str, by: Actor, at: datetime
) -> list[Advance]:
    """Enter the instalments of members (by number, cents of the year); one that is there is replaced, 0 takes it back.

    Raises:
        Invalid: source, days or amounts do not hold.
        MonthFixed: one falls due in a month that is calculated already.
    """
    given = check_text("source", source, most=SOURCE_LENGTH)
    if len({day.year for day in due}) > 1:
        raise refused(
            "due_on", _("Die Fälligkeitstage liegen in verschiedenen Jahren. Planen Sie jedes Jahr für sich.")
        )
    for cents in planned.values():
        if check_cents("planned", cents) < 0:
            raise refused(
                "planned", _("Vorauszahlungen sind nicht negativ. Nehmen Sie null, um sie zurückzunehmen.")
            )
    with spoken():
        parts = advances({f"{number:09d}": cents for number, cents in planned.items()}, due)
    with guarded("due_on"):
        rows = _enter(
            service, {(int(part.member), part.due_on): part.cents for part in parts}, given, by=by, at=at
        )
        audit.record(
            action="billing.advance.planned",
            subject=f"billing.service:{service.code}",
            by=by,
            changes={
                "members": len(planned),
                "due": sorted(day.isoformat() for day in due),
                "cents": sum(planned.values()),
            },
            at=at,
        )
    return rows


def set_advances(
    *,
    tenant: Tenant,
    service: Service,
    cents: int,
    first: Period,
    last: Period,
    due_day: int,
    source: str,
    by: Actor,
    at: datetime,
) -> list[Advance]:
    """Let a member pay so many cents in each month from first to last, in place of what is planned there; 0 takes it back.

    Only what changes is entered, so months that are calculated may be among them, and repeating it does nothing.

    Raises:
        Invalid: source, months, day or amount do not hold.
        MonthFixed: something would change in a month that is calculated already.
    """
    given = check_text("source", source, most=SOURCE_LENGTH)
    _check_months(first, last)
    if not 1 <= due_day <= LATEST_DAY:
        raise refused("due_day", _("Nehmen Sie einen Tag vom 1. bis zum 28., den jeder Monat hat."))
    if check_cents("cents", cents) < 0:
        raise refused(
            "cents", _("Vorauszahlungen sind nicht negativ. Nehmen Sie null, um sie zurückzunehmen.")
        )
    with guarded("first"):
        Service.objects.select_for_update().get(pk=service.pk)
        planned = advances_of(first.year).get((tenant.pk, service.pk), {})
        within = {day: was for day, was in planned.items() if first.first <= day < last.after}
        wanted = {date(first.year, month, due_day): cents for month in range(first.month, last.month + 1)}
        changed = {
            (tenant.pk, day): amount
            for day, amount in {**dict.fromkeys(within, 0), **wanted}.items()
            if within.get(day, 0) != amount
        }
        if not changed:
            return []
        rows = _enter(service, changed, given, by=by, at=at)
        audit.record(
            action="billing.advance.set",
            subject=f"tenants.tenant:{tenant.pk}",
            by=by,
            changes={
                "service": service.code,
                "months": [str(first), str(last)],
                "due_day": due_day,
                "cents": cents,
            },
            at=at,
        )
    return rows


def _check_months(first: Period, last: Period) -> None:
    if last < first:
        raise refused("last", _("Der letzte Monat liegt vor dem ersten. Tauschen Sie die beiden."))
    if first.year != last.year:
        raise refused(
            "last",
            _("Am Jahresende wird abgerechnet. Tragen Sie jedes Jahr für sich ein, dieses bis Dezember."),
        )


def _enter(
    service: Service, amounts: Mapping[tuple[int, date], int], source: str, *, by: Actor, at: datetime
) -> list[Advance]:
    """A version of each instalment, by member and day, after the one there is."""
    person = person_of(by)
    known = {
        (row.tenant_id, row.due_on): row.version
        for row in Advance.objects.filter(
            service=service, due_on__in={day for _tenant, day in amounts}
        ).order_by("version")
    }
    return Advance.objects.bulk_create(
        Advance(
            tenant_id=tenant,
            service=service,
            due_on=day,
            version=known.get((tenant, day), 0) + 1,
            cents=cents,
            source=source,
            entered_by=person,
            entered_at=at,
        )
        for (tenant, day), cents in amounts.items()
    )


def advances_of(year: int) -> dict[tuple[int, int], dict[date, int]]:
    """Cents by day, for each member's number and service's key: the latest version of each; none that was taken back."""
    found: dict[tuple[int, int], dict[date, int]] = {}
    for row in Advance.objects.filter(due_on__year=year).order_by("version"):
        found.setdefault((row.tenant_id, row.service_id), {})[row.due_on] = row.cents
    kept = {key: {day: cents for day, cents in days.items() if cents} for key, days in found.items()}
    return {key: days for key, days in kept.items() if days}


def years_with_advances() -> set[int]:
    """Years in which an instalment of anybody was ever entered."""
    return {day.year for day in Advance.objects.dates("due_on", "year")}
