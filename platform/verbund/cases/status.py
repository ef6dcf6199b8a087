# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The citizen's status page: everything somebody sent to this municipality, by a link from a mail, without an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from verbund.audit import api as audit
from verbund.cases.errors import CaseNotFound, StatusLinkSpent
from verbund.cases.kinds import active_kinds, kind_of, reply_to, state_label, statuses_of
from verbund.cases.models import Case, Contact, StatusLink, TimelineEntry
from verbund.cases.phases import Phase
from verbund.cases.presenting import shown_to_sender
from verbund.cases.references import parse_reference
from verbund.cases.spine import index_of
from verbund.cases.status_links import make_link
from verbund.cases.timeline import public_timelines
from verbund.kernel import ids
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid
from verbund.kernel.ports import CaseStatus
from verbund.kernel.texts import LazyText
from verbund.notify.api import queue_mail

# Whoever knows a number and an address must not fill its mailbox.
MOST_PER_DAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One case as its sender sees it."""

    reference: str
    source: LazyText
    subject: str
    state: str
    received_at: datetime
    is_open: bool
    status: CaseStatus
    entries: list[dict[str, Any]]


@transaction.atomic
def ask_for_link(*, reference: str, email: str, by: Actor, at: datetime) -> None:
    """Send a link to the address if that case came from it; the caller learns nothing either way."""
    index = index_of(email)
    contact = (
        Contact.objects.select_related("case")
        .filter(case__reference=parse_reference(reference), email_index=index)
        .exclude(case__phase=Phase.PENDING)
        .first()
    )
    yesterday = at - timedelta(days=1)
    lately = StatusLink.objects.filter(email_index=index, made_at__gt=yesterday, was_asked_for=True).count()
    if contact is None or lately >= MOST_PER_DAY:
        return
    link = make_link(email=email, about=contact.case.reference, by=by, at=at, was_asked_for=True)
    queue_mail(
        to=email,
        template="cases/status_link",
        context={
            "action_url": link.url,
            "action_label": "Stand ansehen",
            "expires_at": link.expires_at,
            "reason": "Sie bekommen diese Nachricht, weil jemand mit Ihrer E-Mail-Adresse nach dem Stand gefragt hat.",
        },
        reference=f"cases.link:{link.id}",
        by=by,
        at=at,
    )


def cases_of_link(*, secret: str, at: datetime) -> list[Shown]:
    """Everything from the address the link was sent to: what is open first, then the newest.

    Raises:
        StatusLinkSpent: nobody knows the link, or it is over.
    """
    found = list(_cases(_link(secret, at)).order_by("-phase", "-received_at", "-pk"))
    statuses: dict[str, CaseStatus] = {}
    for slug in {case.kind for case in found}:
        references = [case.reference for case in found if case.kind == slug]
        statuses |= statuses_of(kind_of(slug), references)
    timelines = public_timelines(found)
    return [_shown(case, statuses.get(case.reference, CaseStatus()), timelines[case.pk]) for case in found]


@transaction.atomic
def reply(*, secret: str, reference: str, text: str, by: Actor, at: datetime) -> None:
    """Answer a question of the office about one of the cases.

    Raises:
        StatusLinkSpent: as above.
        CaseNotFound: it is not among them.
        Invalid: there is no answer.
        NothingAsked: the office waits for nothing.
    """
    case = _cases(_link(secret, at)).filter(reference=reference).first()
    if case is None:
        raise CaseNotFound
    if not text.strip():
        raise Invalid(fields={"text": _("Bitte schreiben Sie eine Antwort.")})
    audit.record(action="cases.case.replied", subject=f"cases.case:{case.pk}", by=by, at=at)
    reply_to(kind_of(case.kind), case.reference, text.strip(), at)


@transaction.atomic
def end_links(*, secret: str, by: Actor, at: datetime) -> None:
    """End this link and every other of the same address: whoever found one has nothing in hand any more.

    Raises:
        StatusLinkSpent: as above.
    """
    link = _link(secret, at)
    ended, _rows = StatusLink.objects.filter(email_index=link.email_index).delete()
    audit.record(
        action="cases.link.ended",
        subject=f"cases.link:{link.pk}",
        by=by,
        changes={"links": ended},
        at=at,
    )


@transaction.atomic
def forget_links(*, at: datetime) -> int:
    """Delete what is over; returns how many. No row in the audit: nobody can use them any more."""
    ended, _rows = StatusLink.objects.filter(expires_at__lte=at).delete()
    return ended


def _link(secret: str, at: datetime) -> StatusLink:
    link = StatusLink.objects.filter(secret_hash=ids.hash_of_secret(secret), expires_at__gt=at).first()
    if link is None:
        raise StatusLinkSpent
    return link


def _cases(link: StatusLink) -> QuerySet[Case]:
    kinds = [kind.slug for kind in active_kinds()]
    return Case.objects.filter(kind__in=kinds, contact__email_index=link.email_index).exclude(
        phase=Phase.PENDING
    )


def _shown(case: Case, status: CaseStatus, entries: list[TimelineEntry]) -> Shown:
    kind = kind_of(case.kind)
    return Shown(
        reference=case.reference,
        source=kind.label,
        subject=case.subject,
        state=state_label(kind, case.state),
        received_at=case.received_at or case.opened_at,
        is_open=case.phase == Phase.OPEN,
        status=status,
        entries=shown_to_sender(kind, entries),
    )
