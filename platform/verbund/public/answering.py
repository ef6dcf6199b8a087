# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The office's answer to feedback on barriers: by mail, and in the timeline where there is one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.audit import api as audit
from verbund.cases import spine
from verbund.cases.models import Case, TimelineEntry
from verbund.cases.status_links import make_link
from verbund.cases.timeline import note_down
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid
from verbund.notify.api import queue_mail
from verbund.public.errors import NobodyToAnswer
from verbund.public.feedback import case_facts, locked_open, mark_handled
from verbund.public.models import BarrierFeedback


@transaction.atomic
def answer_feedback(
    *, feedback_id: int, text: str, is_last: bool, by: Actor, at: datetime
) -> BarrierFeedback:
    """Send an answer to whoever met the barrier; ``is_last`` closes the feedback with it.

    With the first answer nothing is due any more: the law asks for an answer, not for the repair. The answer's words
    stand in no record of changes.

    Raises:
        NotFound: there is no such feedback here.
        AlreadyHandled: somebody has closed it.
        NobodyToAnswer: its author left no address.
        Invalid: nothing was said.
    """
    feedback = locked_open(feedback_id)
    if not feedback.email:
        raise NobodyToAnswer
    if not text.strip():
        raise Invalid(fields={"text": _("Bitte schreiben Sie eine Antwort.")})
    feedback.answered_at = at
    case = spine.found(feedback.reference)
    if case is None:
        feedback.answer = text.strip()
    feedback.save(update_fields=["answered_at", "answer"])
    if is_last:
        mark_handled(feedback, text=text, by=by, at=at)
    elif case is not None:
        spine.keep_case(case, case_facts(feedback))
        note_down(case, TimelineEntry.Kind.ANSWER, by=by, at=at, is_public=True, text=text)
    audit.record(
        action="public.feedback.answered",
        subject=f"public.feedback:{feedback_id}",
        by=by,
        changes={"text": None, "is_last": is_last},
        at=at,
    )
    _send(feedback, case, text.strip(), by=by, at=at)
    return feedback


def _send(feedback: BarrierFeedback, case: Case | None, text: str, *, by: Actor, at: datetime) -> None:
    """The association has no status page, so its mail has no link; lines without a value are left out."""
    email = feedback.email or ""
    values: dict[str, object] = {"reference": feedback.reference, "received_at": feedback.received_at}
    if case is not None:
        link = make_link(email=email, about=case.reference, by=by, at=at, was_asked_for=False)
        values |= {"status_url": link.url, "status_until": link.expires_at}
    queue_mail(
        to=email,
        template="public/barrier_answer",
        context={
            **values,
            "text": text,
            "reason": "Sie bekommen diese Nachricht, weil Sie uns eine Barriere gemeldet haben.",
        },
        reference=feedback.reference,
        by=by,
        at=at,
    )
