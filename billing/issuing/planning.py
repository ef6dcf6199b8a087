# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which member gets which documents, before anything is issued: quick, without the rules and the paper.

What the rules say is found by a rehearsal (`running`) or by looking at one document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from billing.closing.models import BillingPeriod, Statement
from billing.closing.periods import wrong_state
from billing.closing.statements import statement_of
from billing.issuing.composing import Explained, compose, parts
from billing.issuing.draft import Draft, Regime
from billing.issuing.issuing import look_at
from billing.issuing.models import Document
from billing.issuing.parties import Parties
from billing.issuing.waiting import Failure, Work
from billing.issuing.writing import Written
from tenants.models import Tenant
from verbund.kernel.errors import DomainError, NotFound
from verbund.kernel.language import official_language


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One document of a member: issued already, or a draft, or what stands in its way."""

    regime: Regime
    document: Document | None = None
    draft: Draft | None = None
    failure: Failure | None = None

    @property
    def gross_cents(self) -> int:
        """Nothing where no draft can be made."""
        found = self.document or self.draft
        return found.gross_cents if found else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberPlan:
    tenant: Tenant
    documents: Sequence[Planned]

    @property
    def gross_cents(self) -> int:
        return sum(document.gross_cents for document in self.documents)

    @property
    def failures(self) -> list[Failure]:
        return [document.failure for document in self.documents if document.failure]


def plan(row: BillingPeriod, *, today: date) -> list[MemberPlan]:
    """Every member with a statement, in the order of issuing; the association must be entered.

    Raises:
        Conflict: the month is not calculated.
        Invalid: the association's own details are missing.
    """
    if row.run is None:
        raise wrong_state(row)
    found: dict[int, MemberPlan] = {}
    documents: dict[int, list[Planned]] = {}
    for issued in _issued(row):
        documents.setdefault(issued.tenant_id, []).append(
            Planned(regime=Regime(issued.regime), document=issued)
        )
        found.setdefault(issued.tenant_id, MemberPlan(tenant=issued.tenant, documents=()))
    work = Work(row, today)
    for statement, regime, compose_it in work.waiting():
        found.setdefault(statement.tenant_id, MemberPlan(tenant=statement.tenant, documents=()))
        try:
            planned = Planned(regime=regime, draft=compose_it())
        except DomainError as error:
            work.note_failed(statement, regime, error)
            planned = Planned(regime=regime, failure=work.failures[-1])
        documents.setdefault(statement.tenant_id, []).append(planned)
    order = list(Regime)
    return [
        MemberPlan(
            tenant=member.tenant,
            documents=sorted(documents[number], key=lambda planned: order.index(planned.regime)),
        )
        for number, member in sorted(found.items(), key=lambda item: (item[1].tenant.ars, item[0]))
    ]


def preview(row: BillingPeriod, *, slug: str, regime: str, at: datetime, today: date) -> Written:
    """One document as it would be, checked by the rules and marked as a draft; nothing is written.

    Raises:
        NotFound: the member has no such document in this month.
        Invalid: details are missing, or the rules forbid it.
    """
    statement: Statement = statement_of(row, slug).statement
    found = {kind.value: (kind, lines) for kind, lines in parts(statement).items()}
    if regime not in found or row.run is None:
        raise NotFound
    kind, lines = found[regime]
    with official_language():
        draft = compose(statement, kind, lines, parties=Parties(), explained=Explained(row.run), today=today)
    return look_at(draft, at=at)


def _issued(row: BillingPeriod) -> list[Document]:
    """Without their files, which are large."""
    rows = Document.objects.filter(statement__run=row.run, cancels=None, replaces=None).select_related(
        "tenant"
    )
    return list(rows.defer("pdf", "xml", "content"))
