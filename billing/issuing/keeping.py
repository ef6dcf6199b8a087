# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps one document: number, bytes and row in one transaction, so that one that fails consumes no number."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from billing.allocation.remainder import split
from billing.closing.models import BillingPeriod, Statement
from billing.closing.periods import wrong_state
from billing.closing.states import State
from billing.issuing.draft import Draft, Earlier, Kind, is_invoice
from billing.issuing.models import Document
from billing.issuing.numbering import next_number
from billing.issuing.writing import write
from billing.receivables import documents as receivables
from billing.receivables.models import DocumentKind
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict
from verbund.kernel.language import official_language
from verbund.metering.models import UsageSeal

#: § 147 (3) AO and § 14b (1) UStG since 2025: eight years for invoices; ten for what the levy rests on, as for books.
_YEARS_INVOICE, _YEARS_NOTICE = 8, 10
_ISSUABLE = {State.APPROVED, State.ISSUED, State.CLOSED}
_BOOKED_AS = {
    Kind.NOTICE: DocumentKind.NOTICE,
    Kind.REVOCATION: DocumentKind.REVOCATION,
    Kind.INVOICE: DocumentKind.INVOICE,
    Kind.CREDIT: DocumentKind.CORRECTION,
    Kind.CORRECTION: DocumentKind.CORRECTION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a document belongs, and what it takes back or replaces."""

    statement: Statement
    issue: int = 1
    cancels: Document | None = None
    replaces: Document | None = None
    reason: str = ""


class AlreadyIssued(Conflict):
    """Somebody else has issued the document since the list of what is missing was made."""

    code = "already_issued"


@transaction.atomic
def keep(draft: Draft, place: Place, *, person: int, by: Actor, at: datetime) -> Document:
    """Issue a draft. If anything fails, nothing of it stays, not even its number.

    Raises:
        AlreadyIssued: it is there.
        Conflict: the month's approval was taken back.
        RulesBroken: the official rules forbid the invoice.
        DocumentFailed: the PDF could not be made.
    """
    numbered = draft.numbered(next_number(draft.kind, draft.issued_on.year))
    # Only now: the number's lock lets one after the other through.
    _refuse_changed(numbered, place)
    with official_language():
        written = write(numbered, at=at, seal=_seal(place.statement.run.period.month))
    row = Document.objects.create(
        number=numbered.number,
        kind=numbered.kind.value,
        regime=numbered.regime.value,
        tenant_id=place.statement.tenant_id,
        period_id=place.statement.run.period_id,
        statement=place.statement,
        issue=place.issue,
        issued_on=numbered.issued_on,
        due_on=numbered.due_on,
        net_cents=numbered.net_cents,
        vat_cents=numbered.vat_cents,
        content=_content(numbered),
        syntax=numbered.buyer.syntax,
        xml=written.xml,
        xml_sha256=written.xml_sha256,
        rules=written.rules,
        remarks=[asdict(item) for item in written.remarks],
        pdf=written.pdf,
        pdf_sha256=written.pdf_sha256,
        cancels=place.cancels,
        replaces=place.replaces,
        reason=place.reason,
        issued_by=person,
        issued_at=at,
        keep_until=_keep_until(numbered),
    )
    receivables.take_document(document=_for_the_accounts(numbered, place), by=by, at=at)
    audit.record(
        action="billing.document.issued",
        subject=f"billing.document:{row.number}",
        by=by,
        changes={
            "kind": row.kind,
            "regime": row.regime,
            "gross_cents": row.gross_cents,
            "pdf_sha256": row.pdf_sha256,
            "xml_sha256": row.xml_sha256,
            "cancels": place.cancels.number if place.cancels else None,
            "replaces": place.replaces.number if place.replaces else None,
        },
        reason=place.reason,
        at=at,
    )
    return row


def _keep_until(draft: Draft) -> date:
    """The clock starts at the end of the year."""
    years = _YEARS_INVOICE if is_invoice(draft.kind) else _YEARS_NOTICE
    return date(draft.issued_on.year + years, 12, 31)


def _refuse_changed(draft: Draft, place: Place) -> None:
    """Look again at what was true when the work began: two may work on one month, and an approval may be taken back."""
    period = BillingPeriod.objects.select_for_update(of=("self",)).get(pk=place.statement.run.period_id)
    if period.state not in _ISSUABLE or period.run_id != place.statement.run_id:
        raise wrong_state(period)
    if place.cancels is None:
        there = Document.objects.filter(
            statement=place.statement, regime=draft.regime.value, issue=place.issue, cancels=None
        )
        if there.exists():
            raise AlreadyIssued(_("Das Dokument ist schon ausgestellt."))


def _content(draft: Draft) -> dict[str, Any]:
    """The draft as JSON, without the number of the member's account: that stands in the document alone."""
    content: dict[str, Any] = _plain(asdict(draft))
    content["buyer"].pop("iban")
    return content


def _seal(month: date) -> str:
    """The month's seal as it stands in the chain (`verbund usage verify` recomputes it); empty if it is not sealed yet."""
    row = UsageSeal.objects.filter(kind="month", first=month).first()
    return bytes(row.value).hex() if row else ""


def _for_the_accounts(draft: Draft, place: Place) -> receivables.Document:
    """The document as a claim; the tax of the whole is split over its lines to the cent."""
    weights = {f"{position:06d}": abs(line.net_cents) for position, line in enumerate(draft.lines)}
    # Lines of both signs: each gets its own tax, and what rounding left goes where it is largest.
    exact = [_toward_zero(line.net_cents * draft.vat_cents, draft.net_cents) for line in draft.lines]
    left = draft.vat_cents - sum(exact)
    taxes = [tax + more for tax, more in zip(exact, split(left, weights).values(), strict=True)]
    return receivables.Document(
        number=draft.number,
        kind=_BOOKED_AS[draft.kind],
        tenant=place.statement.tenant_id,
        month=place.statement.run.period.month,
        issued_on=draft.issued_on,
        due_on=draft.due_on,
        lines=tuple(
            receivables.Line(
                regime=draft.regime.value,
                text=line.text,
                net_cents=line.net_cents,
                tax_cents=tax,
                service=line.service,
                cost_centre=line.cost_centre,
            )
            for line, tax in zip(draft.lines, taxes, strict=True)
        ),
        reference=draft.number,
        reverses=place.cancels.number if place.cancels else "",
    )


def earlier(row: Document) -> Earlier:
    """How a later document names this one."""
    return Earlier(number=row.number, issued_on=row.issued_on)


def _toward_zero(numerator: int, denominator: int) -> int:
    if not denominator:
        return 0
    size = abs(numerator) // abs(denominator)
    return size if (numerator < 0) == (denominator < 0) else -size


def _plain(value: Any) -> Any:  # whatever a draft consists of
    match value:
        case dict():
            return {name: _plain(item) for name, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case _:
            return value
