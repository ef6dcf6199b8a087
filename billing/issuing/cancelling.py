# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes an issued document back by another one, and replaces it where the member's or the association's details were wrong.

Sums never change this way: what was wrong in the figures is corrected by a line of a later month.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from billing.closing.periods import must
from billing.costs.checks import check_text
from billing.costs.models import REASON_LENGTH
from billing.issuing.calling import call
from billing.issuing.composing import Explained, compose, parts
from billing.issuing.draft import Draft, Kind, Regime, is_invoice
from billing.issuing.keeping import Place, earlier, keep
from billing.issuing.models import Document
from billing.issuing.numbering import hold_numbers
from billing.issuing.parties import Parties
from billing.permissions import BillingPermission
from billing.persons import answerable
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict, NotFound
from verbund.kernel.language import official_language


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled:
    """``correction`` takes the document back, ``replacement`` stands in its place."""

    correction: Document
    replacement: Document | None


@transaction.atomic
def cancel_document(
    *, number: str, reason: str, is_replaced: bool, by: Actor, at: datetime, today: date
) -> Cancelled:
    """Take a document back and, if wanted, issue it anew with today's details; all of it or nothing.

    Raises:
        Forbidden: the actor may not, or nobody answers for it.
        NotFound: there is no such document.
        Conflict: it was taken back before, or takes another back itself.
        Invalid: the reason is missing, or the member's details do not hold.
    """
    must(by, BillingPermission.ISSUE)
    person = answerable(by)
    given = check_text("reason", reason, most=REASON_LENGTH)
    hold_numbers()
    row = (
        Document.objects.select_related("statement__tenant", "statement__run__period")
        .filter(number=number)
        .first()
    )
    if row is None:
        raise NotFound(_("Ein Dokument %(number)s gibt es nicht.") % {"number": number})
    if row.cancels_id is not None or Document.objects.filter(cancels=row).exists():
        sentence = _("Das Dokument %(number)s ist schon aufgehoben oder hebt selbst eines auf.") % {
            "number": number
        }
        raise Conflict(sentence, fields={"number": sentence})
    original = _composed(row, today)
    correction = keep(
        _taking_back(original, row, given),
        Place(statement=row.statement, issue=row.issue, cancels=row, reason=given),
        person=person,
        by=by,
        at=at,
    )
    call({row.tenant_id})
    if not is_replaced:
        return Cancelled(correction=correction, replacement=None)
    replacement = keep(
        replace(original, replaces=earlier(row)),
        Place(statement=row.statement, issue=row.issue + 1, replaces=row, reason=given),
        person=person,
        by=by,
        at=at,
    )
    return Cancelled(correction=correction, replacement=replacement)


def _composed(row: Document, today: date) -> Draft:
    """The document's draft as it would be issued today."""
    regime = Regime(row.regime)
    with official_language():
        return compose(
            row.statement,
            regime,
            parts(row.statement)[regime],
            parties=Parties(),
            explained=Explained(row.statement.run),
            today=today,
        )


def _taking_back(draft: Draft, row: Document, reason: str) -> Draft:
    """The opposite of every line; a notice is revoked, an invoice corrected."""
    return replace(
        draft,
        kind=Kind.CORRECTION if is_invoice(draft.kind) else Kind.REVOCATION,
        lines=tuple(replace(line, net_cents=-line.net_cents, derivation=()) for line in draft.lines),
        earlier=earlier(row),
        notes=(f"Grund: {reason}",),
    )
