# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the audit record keeps of signing in: no addresses, neither of mail nor of network."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from verbund.accounts.mails import send_security_notice
from verbund.accounts.models import Person
from verbund.accounts.services.sessions import drop_sessions
from verbund.audit import api as audit
from verbund.kernel.actors import CITIZEN, Actor

_NOBODY = "accounts.sign_in"


@transaction.atomic
def note_signed_in(*, person: Person, factor: str, by: Actor, at: datetime) -> None:
    """``factor``: what was shown beside the password (totp, recovery_codes, webauthn), empty for nothing."""
    audit.record(
        action="accounts.session.started", subject=_subject(person), by=by, changes={"factor": factor}, at=at
    )


@transaction.atomic
def note_signed_out(*, person: Person, by: Actor, at: datetime) -> None:
    audit.record(
        action="accounts.session.ended", subject=_subject(person), by=by, changes={"sessions": 1}, at=at
    )


@transaction.atomic
def note_refused(*, step: str, at: datetime) -> None:
    """Somebody failed at password or second factor; who, is not said: it may not even be an account."""
    audit.record(
        action="accounts.sign_in.refused", subject=_NOBODY, by=CITIZEN, changes={"step": step}, at=at
    )


@transaction.atomic
def note_locked_out(*, at: datetime) -> None:
    audit.record(action="accounts.sign_in.locked_out", subject=_NOBODY, by=CITIZEN, at=at)


@transaction.atomic
def note_password_changed(
    *, person: Person, is_reset: bool, by: Actor, at: datetime, except_key: str | None = None
) -> None:
    """After a new password was saved: end the other sessions and tell the person."""
    ended = drop_sessions(person.pk, except_key=except_key)
    send_security_notice(person, what="Das Passwort Ihres Kontos wurde geändert.", by=by, at=at)
    audit.record(
        action="accounts.password.reset" if is_reset else "accounts.password.changed",
        subject=_subject(person),
        by=by,
        changes={"password": None, "sessions_ended": ended},
        at=at,
    )


def _subject(person: Person) -> str:
    return f"accounts.person:{person.pk}"
