# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes a document into the accounts, in the transaction that issues it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from billing.receivables.models import Clearing, DocumentKind, Item, ItemLine
from tenants.models import Tenant
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict, Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """``regime``: LEVY, PUB, CSG or STD."""

    regime: str
    text: str
    net_cents: int
    tax_cents: int = 0
    service: str = ""
    cost_centre: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What was issued, as the accounts need it; ``tenant`` is the member's number, ``month`` the first day of the month billed.

    ``reference`` is what the member writes on the transfer (Kassenzeichen), its number where there is none.
    """

    number: str
    kind: DocumentKind
    tenant: int
    month: date | None
    issued_on: date
    due_on: date
    lines: tuple[Line, ...]
    reference: str = ""
    reverses: str = ""

    @property
    def cents(self) -> int:
        """Gross."""
        return sum(line.net_cents + line.tax_cents for line in self.lines)


@transaction.atomic
def take_document(*, document: Document, by: Actor, at: datetime) -> Item:
    """Keep what a member owes; one that takes another back settles both. The association must be entered.

    Raises:
        Invalid: a date, the member or the document it takes back does not hold.
        Conflict: there is one of that number already, or the other one was taken back before.
    """
    _check(document)
    if Item.objects.filter(number=document.number).exists():
        raise Conflict(_("Den Beleg %(number)s gibt es schon.") % {"number": document.number})
    original = _original(document)
    item = Item.objects.create(
        number=document.number,
        kind=document.kind.value,
        tenant=Tenant.objects.get(number=document.tenant),
        month=document.month,
        issued_on=document.issued_on,
        due_on=document.due_on,
        cents=document.cents,
        reference=document.reference or document.number[:35],
        reverses=original,
        taken_at=at,
    )
    ItemLine.objects.bulk_create(
        ItemLine(
            item=item,
            position=place,
            service=line.service,
            cost_centre=line.cost_centre,
            regime=line.regime,
            text=line.text,
            net_cents=line.net_cents,
            tax_cents=line.tax_cents,
        )
        for place, line in enumerate(document.lines, start=1)
    )
    if original is not None and original.cents:
        Clearing.objects.create(item=original, counter=item, cents=original.cents, made_at=at)
        Clearing.objects.create(item=item, counter=original, cents=item.cents, made_at=at)
    audit.record(
        action="billing.receivable.taken",
        subject=f"billing.receivable:{item.pk}",
        by=by,
        changes={
            "number": item.number,
            "kind": item.kind,
            "cents": item.cents,
            "due_on": item.due_on.isoformat(),
        },
        at=at,
    )
    return item


def _check(document: Document) -> None:
    wrong: dict[str, str] = {}
    if not document.number.strip():
        wrong["number"] = _("Die Belegnummer fehlt.")
    if not document.lines:
        wrong["lines"] = _("Der Beleg hat keine Position.")
    if document.due_on < document.issued_on:
        wrong["due_on"] = _("Die Fälligkeit liegt vor dem Tag des Belegs.")
    if not Tenant.objects.filter(number=document.tenant).exists():
        wrong["tenant"] = _("Dieses Mitglied gibt es nicht.")
    if wrong:
        raise Invalid(" ".join(wrong.values()), fields=wrong)


def _original(document: Document) -> Item | None:
    if not document.reverses:
        return None
    original = Item.objects.select_for_update().filter(number=document.reverses).first()
    named = {"number": document.reverses}
    if original is None or original.tenant.number != document.tenant or original.cents != -document.cents:
        sentence = _("Der Beleg %(number)s passt nicht: Mitglied und Betrag müssen dieselben sein.") % named
        raise Invalid(sentence, fields={"reverses": sentence})
    if Item.objects.filter(reverses=original).exists():
        raise Conflict(_("Der Beleg %(number)s ist schon aufgehoben.") % named)
    return original
