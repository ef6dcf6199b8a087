# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Feedback on barriers by somebody who asks what is kept of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from verbund.audit import api as audit
from verbund.kernel import clock
from verbund.kernel.actors import Actor
from verbund.kernel.ports import HeldRecord
from verbund.kernel.texts import LazyText
from verbund.privacy.periods.holding import hold_of
from verbund.public.feedback import forget_feedback
from verbund.public.models import BarrierFeedback
from verbund.vault.api import normalised

_OPEN = _(
    "Die Rückmeldung ist noch nicht beantwortet (Art. 17 Abs. 3 Buchst. b DSGVO, BbgBITV). Danach kann die Löschung wiederholt werden."
)

_HELD = _(
    "Die Löschung dieses Vorgangs ist angehalten (Art. 18 Abs. 2, Art. 17 Abs. 3 Buchst. e DSGVO). Nach der Freigabe kann sie wiederholt werden."
)


def found(email: str) -> Iterator[HeldRecord]:
    """What came in under that address."""
    for feedback in _by(email):
        yield HeldRecord(
            kind=_("Rückmeldung zur Barrierefreiheit"),
            reference=feedback.reference,
            at=feedback.received_at,
            fields=(
                (_("Seite"), feedback.address),
                (_("Nachricht"), feedback.message),
                (_("Name"), feedback.name or ""),
                (_("E-Mail-Adresse"), feedback.email or ""),
            ),
            subject=f"public.feedback:{feedback.pk}",
            kept_because=_kept_because(feedback),
        )


@transaction.atomic
def erase(email: str, *, by: Actor, at: datetime) -> None:
    """Delete what was answered, with its case."""
    for feedback in _by(email):
        if _kept_because(feedback):
            continue
        audit.record(
            action="public.feedback.person_erased",
            subject=f"public.feedback:{feedback.pk}",
            by=by,
            reason="Antrag auf Löschung",
            at=at,
        )
        forget_feedback(feedback)


def _kept_because(feedback: BarrierFeedback) -> LazyText:
    if feedback.handled_at is None:
        return _OPEN
    return _HELD if hold_of(feedback.reference, on=clock.today()) is not None else ""


def _by(email: str) -> list[BarrierFeedback]:
    """Addresses are sealed and have no index; there are few in three years, so all are opened."""
    wanted = normalised(email)
    kept = BarrierFeedback.objects.filter(email__isnull=False).order_by("received_at")
    return [feedback for feedback in kept if normalised(feedback.email or "") == wanted]
