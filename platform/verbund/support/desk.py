# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an operator does at the association: ask for access, fetch a link, end it.

Each step is recorded in the association first, then carried out in the one municipality, in a transaction of its own:
nothing happens there without a trace here. The association must be entered.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from tenants import directory
from verbund.accounts.models import Person
from verbund.accounts.reach import api as reach
from verbund.audit import api as audit
from verbund.kernel import context
from verbund.kernel.actors import Actor
from verbund.kernel.context import Municipality
from verbund.kernel.errors import Forbidden, NotFound
from verbund.support import grants, queries
from verbund.support.models import Grant
from verbund.support.permissions import SupportPermission


def municipality_for(by: Actor, slug: str) -> Municipality:
    """An active member the actor looks after.

    Raises:
        NotFound: there is none.
    """
    found = directory.by_slug(slug)
    if found is None:
        raise NotFound
    reach.check(by, found.number)
    return found


def grants_of(municipality: Municipality) -> list[Grant]:
    """The municipality's grants, the latest first."""
    with context.enter(municipality):
        return list(queries.history()[:50])


def ask_for_access(
    *, municipality: Municipality, reason: str, minutes: int, may_change: bool, by: Actor, at: datetime
) -> Grant:
    """Ask a municipality to be let in.

    Raises:
        Forbidden: only a person can be let in.
        NotFound: the municipality is not one the actor looks after.
        AccessUnfinished: there is an access already.
    """
    operator = _operator(by)
    reach.check(by, municipality.number)
    _record("requested", municipality, by=by, at=at, reason=reason, minutes=minutes, may_change=may_change)
    with context.enter(municipality):
        return grants.ask(
            operator=operator,
            operator_name=by.name,
            reason=reason,
            minutes=minutes,
            may_change=may_change,
            at=at,
        )


def fetch_link(*, municipality: Municipality, grant_id: UUID, by: Actor, at: datetime) -> str:
    """The address that lets the operator's browser in within a minute, once.

    Raises:
        NotFound: the operator has no such grant there.
        NotOpen: it is not open.
    """
    operator = _operator(by)
    reach.check(by, municipality.number)
    _record("link_fetched", municipality, by=by, at=at, grant=str(grant_id))
    host = municipality.hosts[0]
    with context.enter(municipality):
        secret = grants.issue_link(grant_id=grant_id, operator=operator, host=host, at=at)
    path = reverse(
        "support-staff:entrance", urlconf="verbund.config.urls.municipality", kwargs={"secret": secret}
    )
    address: str = settings.VERBUND.url(host, path)
    return address


def end_access(*, municipality: Municipality, grant_id: UUID, by: Actor, at: datetime) -> None:
    """End one's own access.

    Raises:
        NotFound: the operator has no such grant there.
    """
    operator = _operator(by)
    _record("ended", municipality, by=by, at=at, grant=str(grant_id))
    with context.enter(municipality):
        grant = Grant.objects.filter(pk=grant_id, operator=operator).first()
        if grant is None:
            raise NotFound
        grants.end(grant_id=grant_id, by=grants.actor_of(grant), at=at)


def may_still(operator: int, number: int) -> bool:
    """Whether a person of the association may (still) be let into that member: asked at every request of a guest."""
    with context.enter_association():
        person = Person.objects.active().filter(pk=operator).first()
        if person is None or not person.may(SupportPermission.REQUEST):
            return False
        return not person.limited_to or number in person.limited_to


def _operator(by: Actor) -> int:
    if by.kind != "person" or not by.may(SupportPermission.REQUEST):
        raise Forbidden
    return int(by.id)


@transaction.atomic
def _record(
    verb: str, municipality: Municipality, *, by: Actor, at: datetime, reason: str = "", **changes: object
) -> None:
    audit.record(
        action=f"support.access.{verb}",
        subject=f"tenants.tenant:{municipality.number}",
        by=by,
        changes=changes,
        reason=reason,
        at=at,
    )
