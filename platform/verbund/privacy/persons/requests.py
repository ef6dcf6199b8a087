# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Requests for access and erasure: recorded, checked, carried out, answered, and forgotten after three years."""

from __future__ import annotations

import calendar
from datetime import date, datetime, time
from typing import Any, Final

from django.db import transaction
from django.db.models import F, QuerySet

from verbund.audit import api as audit
from verbund.cases import spine
from verbund.cases.phases import Phase
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM, Actor
from verbund.kernel.errors import Forbidden
from verbund.privacy.periods.counting import months_before
from verbund.privacy.permissions import PrivacyPermission
from verbund.privacy.persons.errors import (
    IdentityMissing,
    NotThatKind,
    ReceivedInFuture,
    RequestClosed,
    RequestNotFound,
)
from verbund.privacy.persons.looking import Held, erase_person, look
from verbund.privacy.persons.models import Declined, Identity, Kind, PersonRequest, State
from verbund.privacy.persons.telling import outcome_of
from verbund.vault.api import blind_index

CASE_KIND: Final = "privacy.request"
KEPT_YEARS: Final = 3
_EMAIL: Final = "privacy.request.email"
_SUBJECTS: Final = {Kind.ACCESS: "Auskunft nach Art. 15 DSGVO", Kind.ERASURE: "Löschung nach Art. 17 DSGVO"}


def index_of(email: str) -> bytes:
    """What remains of the address when a request is closed."""
    return blind_index(email, purpose=_EMAIL)


def due_on(received_on: date) -> date:
    """One month later (Art. 12 Abs. 3 DSGVO, § 188 BGB); the last day of a month that is too short."""
    year, month = divmod(received_on.year * 12 + received_on.month, 12)
    return date(year, month + 1, min(received_on.day, calendar.monthrange(year, month + 1)[1]))


@transaction.atomic
def record_request(
    *, kind: Kind, email: str, received_on: date, identity: str, by: Actor, at: datetime
) -> PersonRequest:
    """Note what somebody asked for; it stands in the inbox until it is answered.

    Raises:
        Forbidden: the role does not include it.
        ReceivedInFuture: that day is yet to come.
    """
    _demand(by)
    if received_on > clock.day_of(at):
        raise ReceivedInFuture
    wanted = PersonRequest(
        kind=kind,
        email=email.strip(),
        email_index=index_of(email),
        received_on=received_on,
        due_on=due_on(received_on),
    )
    if identity:
        _check_identity(wanted, identity, by=by, at=at)
    wanted.case = spine.open_case(kind=CASE_KIND, facts=_facts(wanted), at=at)
    wanted.reference = wanted.case.reference
    wanted.save()
    _record("recorded", wanted, by=by, at=at, changes={"kind": kind, "identity": identity or None})
    return wanted


@transaction.atomic
def note_identity(*, reference: str, identity: Identity, by: Actor, at: datetime) -> PersonRequest:
    """Note how somebody made sure who asks.

    Raises:
        Forbidden, RequestNotFound, RequestClosed: as they say.
    """
    wanted = _open(reference, by)
    _check_identity(wanted, identity, by=by, at=at)
    wanted.save()
    _record("identity_checked", wanted, by=by, at=at, changes={"identity": identity})
    return wanted


def look_for(wanted: PersonRequest, *, by: Actor, at: datetime) -> Held:
    """What is kept of the person of an open request; the reading is recorded."""
    audit.record_read(
        action="privacy.request.looked", subject=_subject(wanted), by=by, at=at, fields=("all",)
    )
    return look(wanted.email or "", at=at)


@transaction.atomic
def erase_for(*, reference: str, seen: str, by: Actor, at: datetime) -> PersonRequest:
    """Erase what may go, and close the request with what went and what stays.

    Raises:
        Forbidden, RequestNotFound, RequestClosed, NotThatKind, IdentityMissing, FoundMoved: as they say.
    """
    wanted = _open(reference, by)
    if wanted.kind != Kind.ERASURE:
        raise NotThatKind
    if not wanted.identity:
        raise IdentityMissing
    held = erase_person(email=wanted.email or "", by=by, at=at, seen=seen)
    wanted.outcome = outcome_of(held, has_fate=True)
    _close(wanted, State.ERASED, by=by, at=at)
    return wanted


@transaction.atomic
def close_request(*, reference: str, result: str, by: Actor, at: datetime) -> PersonRequest:
    """Close it without erasing: the answer was handed out (ANSWERED), or a reason why it is declined.

    Raises:
        Forbidden, RequestNotFound, RequestClosed, NotThatKind, IdentityMissing: as they say.
    """
    wanted = _open(reference, by)
    if result != State.ANSWERED:
        wanted.declined = Declined(result)
        _close(wanted, State.DECLINED, by=by, at=at)
        return wanted
    if wanted.kind != Kind.ACCESS:
        raise NotThatKind
    if not wanted.identity:
        raise IdentityMissing
    wanted.outcome = outcome_of(look(wanted.email or "", at=at), has_fate=False)
    _close(wanted, State.ANSWERED, by=by, at=at)
    return wanted


@transaction.atomic
def delete_old(*, at: datetime) -> int:
    """Delete what was closed three years ago or earlier; returns how many."""
    over = months_before(at, 12 * KEPT_YEARS)
    old = list(
        PersonRequest.objects.select_for_update(of=("self",))
        .filter(closed_at__lte=over)
        .select_related("case")
    )
    for wanted in old:
        _record("deleted", wanted, by=SYSTEM, at=at, changes={"reference": wanted.reference})
        case = wanted.case
        wanted.delete()
        spine.forget_case(case)
    return len(old)


def requests_for(by: Actor) -> QuerySet[PersonRequest]:
    """All, the open ones first by their deadline, then the newest; addresses stay sealed.

    Raises:
        Forbidden: the role does not include it.
    """
    _demand(by)
    rows = PersonRequest.objects.defer("email")
    return rows.order_by(F("closed_at").desc(nulls_first=True), "due_on", "pk")


def get_request_for(by: Actor, reference: str) -> PersonRequest:
    """One request.

    Raises:
        Forbidden: the role does not include it.
        RequestNotFound: there is none with that number here.
    """
    _demand(by)
    wanted = PersonRequest.objects.select_related("case").filter(reference=reference).first()
    if wanted is None:
        raise RequestNotFound
    return wanted


def _open(reference: str, by: Actor) -> PersonRequest:
    wanted = get_request_for(by, reference)
    locked = PersonRequest.objects.select_for_update(of=("self",)).select_related("case").get(pk=wanted.pk)
    if not locked.is_open:
        raise RequestClosed
    return locked


def _check_identity(wanted: PersonRequest, identity: str, *, by: Actor, at: datetime) -> None:
    wanted.identity = Identity(identity)
    wanted.identity_checked_at, wanted.identity_checked_by = at, by.id


def _close(wanted: PersonRequest, state: State, *, by: Actor, at: datetime) -> None:
    wanted.state, wanted.closed_at, wanted.closed_by, wanted.email = state, at, by.id, None
    wanted.save()
    spine.keep_case(wanted.case, _facts(wanted))
    changes = {"state": state, "declined": wanted.declined or None}
    _record(state.lower(), wanted, by=by, at=at, changes=changes)


def _facts(wanted: PersonRequest) -> spine.Facts:
    """What the inbox shows: what is asked for, never by whom."""
    return spine.Facts(
        subject=_SUBJECTS[Kind(wanted.kind)],
        state=wanted.state,
        phase=Phase.OPEN if wanted.is_open else Phase.CLOSED,
        received_at=datetime.combine(wanted.received_on, time(), tzinfo=clock.BERLIN),
        closed_at=wanted.closed_at,
        due_on=wanted.due_on if wanted.is_open else None,
    )


def _demand(by: Actor) -> None:
    if not by.may(PrivacyPermission.REQUESTS):
        raise Forbidden


def _subject(wanted: PersonRequest) -> str:
    return f"privacy.request:{wanted.pk}"


def _record(verb: str, wanted: PersonRequest, *, by: Actor, at: datetime, changes: dict[str, Any]) -> None:
    audit.record(action=f"privacy.request.{verb}", subject=_subject(wanted), by=by, changes=changes, at=at)
