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
from verbund.audit import api as audit
from verbund.kernel.actors import Actor


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
    person = person_of(by)
    with guarded("due_on"):
        known = {
            (row.tenant_id, row.due_on): row.version
            for row in Advance.objects.filter(service=service, due_on__in=list(due)).order_by("version")
        }
        rows = Advance.objects.bulk_create(
            Advance(
                tenant_id=int(part.member),
                service=service,
                due_on=part.due_on,
                version=known.get((int(part.member), part.due_on), 0) + 1,
                cents=part.cents,
                source=given,
                entered_by=person,
                entered_at=at,
            )
            for part in parts
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


def advances_of(year: int) -> dict[tuple[int, int], dict[date, int]]:
    """Cents by day, for each member's number and service's key: the latest version of each; none that was taken back."""
    found: dict[tuple[int, int], dict[date, int]] = {}
    for row in Advance.objects.filter(due_on__year=year).order_by("version"):
        found.setdefault((row.tenant_id, row.service_id), {})[row.due_on] = row.cents
    kept = {key: {day: cents for day, cents in days.items() if cents} for key, days in found.items()}
    return {key: days for key, days in kept.items() if days}
