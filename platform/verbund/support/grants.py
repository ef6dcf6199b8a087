# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A grant's life in the entered municipality: asked for, decided on, followed, ended. Every step is recorded here."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from verbund.accounts.permissions import permissions_of
from verbund.audit import api as audit
from verbund.kernel.actors import SYSTEM, Actor
from verbund.kernel.errors import Invalid, NotFound
from verbund.kernel.ids import hash_of_secret, link_secret
from verbund.support import queries
from verbund.support.errors import AccessUnfinished, LinkSpent, NotOpen
from verbund.support.models import Grant, SupportSettings
from verbund.support.states import LINK_LIVES, LONGEST_MINUTES, WAITS, State

ROLE = "support"


@transaction.atomic
def ask(
    *, operator: int, operator_name: str, reason: str, minutes: int, may_change: bool, at: datetime
) -> Grant:
    """Write a grant down: open at once, or waiting where the administration wants to be asked.

    Raises:
        AccessUnfinished: the operator has one here.
        Invalid: it would last longer than allowed.
    """
    if not 0 < minutes <= LONGEST_MINUTES:
        raise Invalid
    _expire(at)
    grant = Grant(
        operator=operator,
        operator_name=operator_name,
        reason=reason.strip(),
        minutes=minutes,
        may_change=may_change,
        state=State.WAITING,
        requested_at=at,
    )
    if not queries.needs_approval():
        _open(grant, at)
    try:
        with transaction.atomic():
            grant.save(force_insert=True)
    except IntegrityError as error:
        raise AccessUnfinished from error
    _record("requested", grant, by=actor_of(grant), at=at, reason=grant.reason)
    return grant


@transaction.atomic
def approve(*, grant_id: UUID, by: Actor, at: datetime) -> Grant:
    """Let a waiting request in; its time begins now.

    Raises:
        NotFound: there is none.
        NotOpen: it does not wait any more.
    """
    grant = _locked(grant_id)
    if not grant.is_waiting(at):
        raise NotOpen
    _open(grant, at)
    grant.decided_by = by.id
    grant.save(update_fields=["state", "opened_at", "ends_at", "decided_by"])
    _record("approved", grant, by=by, at=at)
    return grant


@transaction.atomic
def refuse(*, grant_id: UUID, by: Actor, at: datetime) -> Grant:
    """Turn a waiting request down.

    Raises:
        NotFound: there is none.
        NotOpen: it does not wait any more.
    """
    grant = _locked(grant_id)
    if not grant.is_waiting(at):
        raise NotOpen
    grant.state, grant.decided_by = State.REFUSED, by.id
    grant.save(update_fields=["state", "decided_by"])
    _record("refused", grant, by=by, at=at)
    return grant


@transaction.atomic
def end(*, grant_id: UUID, by: Actor, at: datetime) -> Grant:
    """End a grant at once, open or waiting: at its next request the session is over. Repeating changes nothing.

    Raises:
        NotFound: there is none.
    """
    grant = _locked(grant_id)
    if grant.state not in {State.OPEN, State.WAITING}:
        return grant
    _close(grant, at, "operator" if by.kind == "support" else "administration")
    _record("ended", grant, by=by, at=at)
    return grant


@transaction.atomic
def issue_link(*, grant_id: UUID, operator: int, host: str, at: datetime) -> str:
    """The secret of a link that lets one browser in within a minute; one issued before stops working.

    Raises:
        NotFound: the operator has no such grant here.
        NotOpen: it is not open.
    """
    grant = _locked(grant_id)
    if grant.operator != operator:
        raise NotFound
    if not grant.is_open(at):
        raise NotOpen
    secret = link_secret()
    grant.link_hash, grant.link_host = hash_of_secret(secret), host
    grant.link_expires_at = at + LINK_LIVES
    grant.save(update_fields=["link_hash", "link_host", "link_expires_at"])
    _record("link_issued", grant, by=actor_of(grant), at=at)
    return secret


def look_at(*, secret: str, host: str, at: datetime) -> Grant:
    """The grant a link would lead into, without following it.

    Raises:
        LinkSpent: it leads nowhere (any more).
    """
    grant = Grant.objects.filter(link_hash=hash_of_secret(secret)).first() if secret else None
    return _followable(grant, host, at)


@transaction.atomic
def redeem(*, secret: str, host: str, at: datetime) -> Grant:
    """Follow a link, once: of two who come at the same time one is let in.

    Raises:
        LinkSpent: it was used, has expired, or was made for another host.
    """
    grant = (
        Grant.objects.select_for_update().filter(link_hash=hash_of_secret(secret)).first() if secret else None
    )
    grant = _followable(grant, host, at)
    grant.link_hash, grant.link_host, grant.link_expires_at = "", "", None
    grant.session_mark = hash_of_secret(link_secret())
    grant.save(update_fields=["link_hash", "link_host", "link_expires_at", "session_mark"])
    _record("entered", grant, by=actor_of(grant), at=at)
    return grant


def admitted(grant_id: str, mark: str, *, at: datetime) -> Grant | None:
    """The open grant of a session; None when it has ended, or a newer session took its place."""
    try:
        grant = Grant.objects.filter(pk=UUID(grant_id)).first()
    except ValueError:
        return None
    if grant is None or not mark or grant.session_mark != mark or not grant.is_open(at):
        return None
    return grant


@transaction.atomic
def set_approval(*, needs_approval: bool, by: Actor, at: datetime) -> None:
    """Whether the administration wants to be asked before anybody is let in."""
    row, _is_new = SupportSettings.objects.select_for_update().get_or_create(pk=1)
    if row.needs_approval == needs_approval:
        return
    before, row.needs_approval = row.needs_approval, needs_approval
    row.save(update_fields=["needs_approval"])
    audit.record(
        action="support.settings.changed",
        subject="support.settings:1",
        by=by,
        changes={"needs_approval": [before, needs_approval]},
        at=at,
    )


@transaction.atomic
def expire(*, at: datetime) -> int:
    """Write down what time has ended; returns how many."""
    return _expire(at)


def actor_of(grant: Grant) -> Actor:
    """Who acts under a grant, as services and the record see them: nobody of this municipality."""
    return Actor(
        kind="support",
        id=str(grant.pk),
        role=ROLE,
        name=grant.operator_name,
        acting_for=grant.operator_name[:80],
        permissions=permissions_of(ROLE),
    )


def _expire(at: datetime) -> int:
    over = Q(state=State.OPEN, ends_at__lte=at) | Q(state=State.WAITING, requested_at__lte=at - WAITS)
    rows = list(Grant.objects.select_for_update().filter(over))
    for grant in rows:
        _close(grant, grant.ends_at or at, "time")
        _record("ended", grant, by=SYSTEM, at=at)
    return len(rows)


def _open(grant: Grant, at: datetime) -> None:
    grant.state, grant.opened_at = State.OPEN, at
    grant.ends_at = at + timedelta(minutes=grant.minutes)


def _close(grant: Grant, at: datetime, ended_by: str) -> None:
    grant.state, grant.ended_at, grant.ended_by = State.ENDED, at, ended_by
    grant.link_hash, grant.session_mark = "", ""
    grant.save(update_fields=["state", "ended_at", "ended_by", "link_hash", "session_mark"])


def _followable(grant: Grant | None, host: str, at: datetime) -> Grant:
    if grant is None or grant.link_expires_at is None or at >= grant.link_expires_at:
        raise LinkSpent
    if grant.link_host != host or not grant.is_open(at):
        raise LinkSpent
    return grant


def _locked(grant_id: UUID) -> Grant:
    grant = Grant.objects.select_for_update().filter(pk=grant_id).first()
    if grant is None:
        raise NotFound
    return grant


def _record(verb: str, grant: Grant, *, by: Actor, at: datetime, reason: str = "") -> None:
    audit.record(
        action=f"support.access.{verb}",
        subject=f"support.grant:{grant.pk}",
        by=by,
        changes={"state": grant.state, "minutes": grant.minutes, "may_change": grant.may_change},
        reason=reason,
        at=at,
    )
