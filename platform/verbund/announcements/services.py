# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writing and withdrawing announcements; the association must be entered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tenants.models import Tenant
from verbund.accounts.reach import api as reach
from verbund.announcements.models import Announcement, Kind
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Forbidden, Invalid, NotFound

LONGEST = 4000


@transaction.atomic
def publish(
    *,
    kind: Kind,
    title: str,
    body: str,
    starts_at: datetime,
    ends_at: datetime,
    tenants: Iterable[int],
    by: Actor,
    at: datetime,
) -> Announcement:
    """Tell these members' staff; none named: everybody's.

    Raises:
        Invalid: it ends before it begins or in the past, is too long, or names somebody who is no member.
        Forbidden: it would reach members the actor does not look after.
    """
    wanted = sorted(set(tenants))
    _check(body, starts_at, ends_at, wanted, at)
    _check_reach(by, wanted)
    made = Announcement.objects.create(
        kind=kind,
        title=title.strip(),
        body=body.strip(),
        starts_at=starts_at,
        ends_at=ends_at,
        tenants=wanted,
        published_at=at,
        published_by=by.id or by.kind,
    )
    audit.record(
        action="announcements.announcement.published",
        subject=f"announcements.announcement:{made.pk}",
        by=by,
        changes={
            "kind": kind,
            "starts_at": starts_at.isoformat(),
            "ends_at": ends_at.isoformat(),
            "tenants": wanted,
        },
        at=at,
    )
    return made


@transaction.atomic
def withdraw(*, announcement_id: int, by: Actor, at: datetime) -> Announcement:
    """Take it down everywhere; repeating changes nothing.

    Raises:
        NotFound: there is none.
        Forbidden: it reaches members the actor does not look after.
    """
    found = Announcement.objects.select_for_update().filter(pk=announcement_id).first()
    if found is None:
        raise NotFound
    _check_reach(by, found.tenants)
    if found.withdrawn_at is None:
        found.withdrawn_at = at
        found.save(update_fields=["withdrawn_at"])
        audit.record(
            action="announcements.announcement.withdrawn",
            subject=f"announcements.announcement:{found.pk}",
            by=by,
            at=at,
        )
    return found


def _check(body: str, starts_at: datetime, ends_at: datetime, tenants: list[int], at: datetime) -> None:
    reasons: dict[str, str] = {}
    if ends_at <= starts_at:
        reasons["ends_on"] = _("Das Ende liegt vor dem Beginn.")
    elif ends_at <= at:
        reasons["ends_on"] = _("Das Ende liegt in der Vergangenheit.")
    if len(body) > LONGEST:
        reasons["body"] = _("Der Text ist zu lang. Erlaubt sind %(most)s Zeichen.") % {"most": LONGEST}
    if Tenant.objects.filter(number__in=tenants).count() != len(tenants):
        reasons["tenants"] = _("Bitte wählen Sie Kommunen aus der Liste.")
    if reasons:
        raise Invalid(fields=reasons)


def _check_reach(by: Actor, tenants: list[int]) -> None:
    """Somebody limited speaks to their own members only."""
    numbers = reach.of(by)
    if numbers is not None and not (tenants and numbers.issuperset(tenants)):
        raise Forbidden(_("Wählen Sie nur Kommunen, die Sie betreuen."))
