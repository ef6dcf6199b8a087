# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Seeing and ending sessions."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from verbund.accounts.models import Session
from verbund.accounts.sessions import hashed
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import NotFound


@transaction.atomic
def end_session(*, session_id: int, person_id: int, by: Actor, at: datetime) -> None:
    """End one session of a person; it is gone at its next click.

    Raises:
        NotFound: the person has no such session.
    """
    ended, _ = Session.objects.filter(pk=session_id, person_id=person_id).delete()
    if not ended:
        raise NotFound
    _record(person_id, ended, by=by, at=at)


@transaction.atomic
def end_sessions(*, person_id: int, by: Actor, at: datetime, except_key: str | None = None) -> int:
    """End all sessions of a person, but for the one with that cookie value; returns how many."""
    ended = drop_sessions(person_id, except_key=except_key)
    if ended:
        _record(person_id, ended, by=by, at=at)
    return ended


def drop_sessions(person_id: int, *, except_key: str | None = None) -> int:
    """Delete the rows as part of a larger change that is recorded by its own name."""
    sessions = Session.objects.filter(person_id=person_id)
    if except_key:
        sessions = sessions.exclude(session_key=hashed(except_key))
    ended, _ = sessions.delete()
    return ended


def _record(person_id: int, ended: int, *, by: Actor, at: datetime) -> None:
    audit.record(
        action="accounts.session.ended",
        subject=f"accounts.person:{person_id}",
        by=by,
        changes={"sessions": ended},
        at=at,
    )
