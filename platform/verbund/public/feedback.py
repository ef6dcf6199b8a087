# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Feedback on barriers: kept encrypted, told to the office by mail, closed by staff; `answering` writes back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.audit import api as audit
from verbund.cases import spine
from verbund.cases.models import Case, TimelineEntry
from verbund.cases.phases import Phase
from verbund.cases.timeline import note_down
from verbund.kernel import clock, context
from verbund.kernel.actors import CITIZEN, Actor
from verbund.kernel.context import Municipality
from verbund.kernel.errors import Forbidden, NotFound
from verbund.notify.api import absolute_url, queue_mail
from verbund.public import pages
from verbund.public.addresses import staff_path
from verbund.public.errors import AlreadyHandled
from verbund.public.models import BarrierFeedback
from verbund.public.permissions import PublicPermission
from verbund.public.searching import keep_feedback_findable

# BITV asks for an answer within a month; the inbox shows what is due a little earlier.
ANSWER_WITHIN = timedelta(days=28)
KIND = "public.feedback"
PREFIX = "BF-"
_WAITING, _HANDLED = "WAITING", "HANDLED"


@transaction.atomic
def submit_feedback(*, message: str, address: str, name: str, email: str, at: datetime) -> BarrierFeedback:
    """Keep what somebody told and tell the office, if it has a mailbox; the mail carries no personal data."""
    feedback = BarrierFeedback.objects.create(
        received_at=at, address=address[:500], message=message, name=name or None, email=email or None
    )
    if isinstance(context.current(), Municipality):
        # The association has no inbox of cases.
        case = spine.open_case(kind=KIND, facts=case_facts(feedback), at=at, reference=feedback.reference)
        if email:
            spine.keep_contact(case, email=email)
        note_down(case, TimelineEntry.Kind.SUBMITTED, by=CITIZEN, at=at, is_public=True)
    keep_feedback_findable(feedback.reference)
    audit.record(
        action="public.feedback.received",
        subject=f"public.feedback:{feedback.pk}",
        by=CITIZEN,
        changes={"wants_answer": bool(email)},
        at=at,
    )
    mailbox = pages.contact_details().email
    if mailbox:
        queue_mail(
            to=mailbox,
            template="public/barrier_feedback",
            context={"feedback": feedback, "url": absolute_url(path_of(feedback))},
            reference=feedback.reference,
            by=CITIZEN,
            at=at,
        )
    return feedback


@transaction.atomic
def close_feedback(*, feedback_id: int, by: Actor, at: datetime) -> BarrierFeedback:
    """Note that it was dealt with.

    Raises:
        NotFound: there is no such feedback here.
        AlreadyHandled: somebody was faster.
    """
    feedback = locked_open(feedback_id)
    mark_handled(feedback, text="", by=by, at=at)
    audit.record(action="public.feedback.closed", subject=f"public.feedback:{feedback_id}", by=by, at=at)
    return feedback


def locked_open(feedback_id: int) -> BarrierFeedback:
    """One that waits, for a change, locked until the transaction ends.

    Raises:
        NotFound, AlreadyHandled: as above.
    """
    feedback = BarrierFeedback.objects.select_for_update().filter(pk=feedback_id).first()
    if feedback is None:
        raise NotFound
    if feedback.handled_at is not None:
        raise AlreadyHandled
    return feedback


def mark_handled(feedback: BarrierFeedback, *, text: str, by: Actor, at: datetime) -> None:
    """Close it with its case, where there is one; ``text`` is what its author is told. The caller records it."""
    feedback.handled_at, feedback.handled_by = at, by.id
    feedback.save(update_fields=["handled_at", "handled_by"])
    case = spine.found(feedback.reference)
    if case is not None:
        spine.keep_case(case, case_facts(feedback))
        note_down(case, TimelineEntry.Kind.STATE, by=by, at=at, is_public=True, text=text)
    keep_feedback_findable(feedback.reference)


def forget_feedback(feedback: BarrierFeedback) -> None:
    """Delete it with its case, where there is one, and what the search knows of it."""
    reference = feedback.reference
    case = spine.found(reference)
    if case is not None:
        spine.forget_case(case)
    feedback.delete()
    keep_feedback_findable(reference)


def get_feedback_for(by: Actor, feedback_id: int, *, at: datetime) -> BarrierFeedback:
    """One feedback with what identifies its author; the reading is recorded.

    Raises:
        Forbidden: the person may not handle feedback.
        NotFound: there is no such feedback here.
    """
    if not by.may(PublicPermission.HANDLE_FEEDBACK):
        raise Forbidden
    feedback = BarrierFeedback.objects.filter(pk=feedback_id).first()
    if feedback is None:
        raise NotFound
    audit.record_read(
        action="public.feedback.read",
        subject=f"public.feedback:{feedback_id}",
        by=by,
        at=at,
        fields=("message", "name", "email"),
    )
    return feedback


def case_of(feedback: BarrierFeedback) -> Case | None:
    """Its case among the office's others; the association has none."""
    return spine.found(feedback.reference)


def path_of(feedback: BarrierFeedback) -> str:
    """The page for staff about it."""
    return staff_path("feedback", feedback_id=feedback.pk)


def case_path(reference: str) -> str:
    """The same by the number both sides call it."""
    return staff_path("feedback", feedback_id=int(reference.removeprefix(PREFIX)))


def case_state_label(state: str) -> str:
    """What people read in the inbox."""
    return _("erledigt") if state == _HANDLED else _("offen")


def case_facts(feedback: BarrierFeedback) -> spine.Facts:
    """What the inbox shows: nothing somebody wrote."""
    is_open = feedback.handled_at is None
    return spine.Facts(
        subject="Rückmeldung zur Barrierefreiheit",
        state=_WAITING if is_open else _HANDLED,
        phase=Phase.OPEN if is_open else Phase.CLOSED,
        received_at=feedback.received_at,
        closed_at=feedback.handled_at,
        due_on=due_on(feedback),
    )


def open_feedback() -> list[dict[str, Any]]:
    """What waits for an answer, without what identifies anybody: for the association, which has no inbox of cases."""
    today = clock.today()
    waiting = BarrierFeedback.objects.filter(handled_at=None).only("pk", "received_at", "answered_at")
    return [
        {
            "reference": feedback.reference,
            "url": path_of(feedback),
            "received_at": feedback.received_at,
            "due_on": (day := due_on(feedback)),
            "is_overdue": day is not None and day < today,
        }
        for feedback in waiting.order_by("received_at")
    ]


def due_on(feedback: BarrierFeedback) -> date | None:
    """The day by which its author has to have an answer; None once there is one, or it was dealt with."""
    if feedback.answered_at is not None or feedback.handled_at is not None:
        return None
    return clock.day_of(feedback.received_at + ANSWER_WITHIN)
