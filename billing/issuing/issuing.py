# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Issues the documents of an approved month, each in a transaction of its own; repeating goes on with those missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from billing.closing.approving import mark_issued
from billing.closing.models import BillingPeriod, Statement
from billing.closing.periods import get_period, must, wrong_state
from billing.closing.states import State
from billing.issuing.composing import Explained, compose
from billing.issuing.draft import Draft
from billing.issuing.keeping import Place, keep
from billing.issuing.models import Document, Issuer, Recipient
from billing.issuing.writing import Written, write
from billing.permissions import BillingPermission
from billing.persons import answerable
from verbund.kernel.actors import Actor
from verbund.kernel.errors import DomainError, Invalid
from verbund.kernel.language import official_language
from verbund.metering.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A member whose documents were not issued, and why; the others go on."""

    tenant: int
    name: str
    sentence: str
    fields: dict[str, str]


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


Progress = Callable[[int, int], None]


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
    made: list[Document] = []
    failed: list[Failure] = []
    already = 0
    for statement, drafts in _drafts(row, today, failed, progress):
        there = set(
            Document.objects.filter(statement=statement, cancels=None).values_list("regime", flat=True)
        )
        for draft in drafts:
            if draft.regime.value in there:
                already += 1
                continue
            try:
                made.append(keep(draft, Place(statement=statement), person=person, by=by, at=at))
            except DomainError as error:
                failed.append(_failure(statement, error))
    if not failed and row.state == State.APPROVED:
        mark_issued(period=period, by=by, at=at)
    return Issued(documents=tuple(made), already=already, failures=tuple(failed))


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
    failed: list[Failure] = []
    found: list[Draft] = []
    already = 0
    for statement, drafts in _drafts(row, today, failed, progress):
        there = set(
            Document.objects.filter(statement=statement, cancels=None).values_list("regime", flat=True)
        )
        for draft in drafts:
            if draft.regime.value in there:
                already += 1
                continue
            try:
                look_at(draft, at=at)
            except DomainError as error:
                failed.append(_failure(statement, error))
            else:
                found.append(draft)
    return Preview(drafts=tuple(found), already=already, failures=tuple(failed))


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


def _drafts(
    row: BillingPeriod, today: date, failed: list[Failure], progress: Progress | None
) -> Iterator[tuple[Statement, list[Draft]]]:
    """Each statement of the run that counts, with its drafts; members that cannot be written to go to ``failed``."""
    if row.run is None:
        return
    issuer = get_issuer()
    recipients = {item.tenant_id: item for item in Recipient.objects.all()}
    explained = Explained(row.run)
    statements = list(
        Statement.objects.filter(run=row.run)
        .select_related("tenant", "run__period")
        .order_by("tenant__ars", "tenant__number")
    )
    for done, statement in enumerate(statements, start=1):
        try:
            with official_language():
                drafts = list(
                    compose(statement, issuer=issuer, recipients=recipients, explained=explained, today=today)
                )
        except DomainError as error:
            failed.append(_failure(statement, error))
        else:
            yield statement, drafts
        if progress is not None:
            progress(done, len(statements))


def get_issuer() -> Issuer:
    """The association's own details.

    Raises:
        Invalid: there are none yet.
    """
    row = Issuer.objects.first()
    if row is None:
        sentence = _(
            "Es fehlt, wie der Verband auf seinen Dokumenten steht: Name, Anschrift, Bankverbindung, Steuernummer. Tragen Sie es unter „Absender“ ein."
        )
        raise Invalid(sentence, fields={"issuer": sentence})
    return row


def _failure(statement: Statement, error: DomainError) -> Failure:
    return Failure(
        tenant=statement.tenant_id,
        name=statement.tenant.name,
        sentence=error.message,
        fields=error.fields or {"document": error.message},
    )
