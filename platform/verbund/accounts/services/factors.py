# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Second factors: added, removed, renewed, and reset by the administration when lost."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from verbund.accounts.mails import send_security_notice
from verbund.accounts.models import Person
from verbund.accounts.services.people import locked, subject
from verbund.accounts.services.sessions import drop_sessions
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict


@transaction.atomic
def note_factor_changed(*, person: Person, verb: str, kind: str, by: Actor, at: datetime) -> None:
    """After a factor was ``added``, ``removed``, ``renewed`` or ``renamed``; tells the person but for the last."""
    if verb != "renamed":
        what = "Die Anmeldung mit zweitem Faktor wurde für Ihr Konto geändert."
        send_security_notice(person, what=what, by=by, at=at)
    audit.record(
        action=f"accounts.factor.{verb}", subject=subject(person), by=by, changes={"type": kind}, at=at
    )


@transaction.atomic
def reset_factors(*, person_id: int, reason: str, by: Actor, at: datetime) -> Person:
    """Remove all second factors of somebody who lost them, end the sessions and tell the person.

    Raises:
        Conflict: there is none.
    """
    person = locked(person_id)
    factors = Authenticator.objects.filter(user=person)
    kinds = sorted(factors.values_list("type", flat=True))
    if not kinds:
        raise Conflict(_("Für dieses Konto ist kein zweiter Faktor eingerichtet."))
    factors.delete()
    ended = drop_sessions(person.pk)
    what = "Der zweite Faktor Ihres Kontos wurde von der Verwaltung zurückgesetzt."
    send_security_notice(person, what=what, by=by, at=at)
    audit.record(
        action="accounts.factor.reset",
        subject=subject(person),
        by=by,
        changes={"types": kinds, "sessions_ended": ended},
        reason=reason,
        at=at,
    )
    return person
