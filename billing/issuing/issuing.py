# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Issues the documents of an approved month, each in a transaction of its own; repeating goes on with those missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from billing.closing.approving import mark_issued
from billing.closing.models import BillingPeriod
from billing.closing.periods import get_period, must, wrong_state
from billing.closing.states import State
from billing.issuing.calling import call
from billing.issuing.draft import Draft
from billing.issuing.keeping import AlreadyIssued, Place, keep
from billing.issuing.models import Document
from billing.issuing.waiting import Failure, Progress, Work
from billing.issuing.writing import Written, write
from billing.permissions import BillingPermission
from billing.persons import answerable
from verbund.kernel.actors import Actor
from verbund.kernel.errors import DomainError
from verbund.kernel.language import official_language
from verbund.metering.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """``documents`` were issued now, ``already`` were there; the month is issued when nothing failed."""

    documents: tuple[Document, ...]
    already: int
    failures: tuple[Failure, ...]

    @property
    def is_whole(self) -> bool:
        return not self.failures


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would be issued: drafts without numbers, checked by the same rules."""

    drafts: tuple[Draft, ...]
    already: int
    failures: tuple[Failure, ...]


def issue_period(
    *, period: Period, by: Actor, at: datetime, today: date, progress: Progress | None = None
) -> Issued:
    """Issue every document of an approved month that is not there yet; the association must be entered.

    Call it outside of a transaction: each document is one. When all are there the month's state says so.

    Raises:
        Forbidden: the actor may not, or nobody answers for it.
        Conflict: the month is not approved.
        Invalid: the association's own details are missing.
    """
    must(by, BillingPermission.ISSUE)
    person = answerable(by)
    row = _approved(period)
    work = Work(row, today, progress)
    made: list[Document] = []
    for statement, regime, compose_it in work.waiting():
        try:
            made.append(keep(compose_it(), Place(statement=statement), person=person, by=by, at=at))
        except AlreadyIssued:
            work.note_there()
        except DomainError as error:
            work.note_failed(statement, regime, error)
        else:
            work.note_made()
    row.refresh_from_db(fields=["state"])
    if not work.failures and row.state == State.APPROVED:
        mark_issued(period=period, by=by, at=at)
    call(set(row.documents.values_list("tenant_id", flat=True)))
    return Issued(documents=tuple(made), already=work.already, failures=work.failures)


def preview_period(
    *, period: Period, by: Actor, at: datetime, today: date, progress: Progress | None = None
) -> Preview:
    """The same without a number, a row or a step of the month: what would come, and what stands in the way.

    Raises:
        Forbidden: the actor may not.
        Conflict: the month is not calculated.
        Invalid: the association's own details are missing.
    """
    must(by, BillingPermission.READ_PERIODS)
    row = get_period(period)
    if row.run is None:
        raise wrong_state(row)
    work = Work(row, today, progress)
    found: list[Draft] = []
    for statement, regime, compose_it in work.waiting():
        try:
            draft = compose_it()
            look_at(draft, at=at)
        except DomainError as error:
            work.note_failed(statement, regime, error)
        else:
            work.note_made()
            found.append(draft)
    return Preview(drafts=tuple(found), already=work.already, failures=work.failures)


def look_at(draft: Draft, *, at: datetime) -> Written:
    """A document as it would be, marked as a preview.

    Raises:
        RulesBroken: the official rules would forbid it.
    """
    with official_language():
        return write(draft, at=at)


def _approved(period: Period) -> BillingPeriod:
    row = get_period(period)
    if row.state not in {State.APPROVED, State.ISSUED} or row.run is None:
        raise wrong_state(row)
    return row
