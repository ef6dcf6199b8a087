# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The account of somebody who asks what is kept of them."""

from __future__ import annotations

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from verbund.accounts.models import Person
from verbund.accounts.roles import label_of
from verbund.kernel.ports import HeldRecord
from verbund.web.texts import moment_text

_KEPT = _(
    "Konto einer beschäftigten Person; Vorgänge und Protokoll verweisen darauf (§ 26 BbgDSG, Art. 17 Abs. 3 Buchst. b DSGVO). Wer ausscheidet, wird unter „Personen“ deaktiviert."
)


def found(email: str) -> Iterator[HeldRecord]:
    """The account with that address: one at most."""
    for person in Person.objects.filter(email=email.strip().lower()):
        factors = Authenticator.objects.filter(user=person).count()
        sessions = person.sessions.order_by("-last_seen_at")
        yield HeldRecord(
            kind=_("Konto"),
            at=person.invited_at,
            fields=(
                (_("Name"), person.name),
                (_("E-Mail-Adresse"), person.email),
                (_("Rolle"), label_of(person.role)),
                (_("Zweite Faktoren"), str(factors or "")),
                *(
                    (_("Anmeldung"), f"{session.device}, {moment_text(session.last_seen_at)}")
                    for session in sessions
                ),
            ),
            subject=f"accounts.person:{person.pk}",
            actor=str(person.pk),
            kept_because=_KEPT,
        )
