# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes payments in, settles items with them, by itself where that is certain and by hand where it is not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from billing.receivables import bank_csv, camt
from billing.receivables.entry import Entry
from billing.receivables.matching import OpenItem, paid_by
from billing.receivables.models import Clearing, Item, Payment
from billing.receivables.open_items import items_with_open, open_items, unassigned_payments
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict, Invalid, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a statement held: entries, those known before, those that settled something, and those somebody must look at."""

    entries: int
    known: int
    matched: int
    unmatched: int
    settled_cents: int


def parse(content: bytes) -> tuple[Entry, ...]:
    """The entries of a statement as camt.053 or CSV.

    Raises:
        Invalid: the file does not hold; nothing of it is used.
    """
    return (
        camt.parse(content)
        if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
        else bank_csv.parse(content)
    )


@transaction.atomic
def take_payments(*, content: bytes, by: Actor, at: datetime) -> Taken:
    """Keep the entries of a statement that are new, and settle what they name. The association must be entered.

    The same file, or one that overlaps, changes nothing for entries that are there already.

    Raises:
        Invalid: the file does not hold; nothing is written.
    """
    entries = parse(content)
    fingerprint = sha256(content).hexdigest()
    references = [entry.reference for entry in entries]
    known = set(Payment.objects.filter(entry__in=references).values_list("entry", flat=True))
    Payment.objects.bulk_create(
        (
            Payment(
                entry=entry.reference,
                booked_on=entry.booked_on,
                cents=entry.cents,
                payer=entry.payer,
                text=entry.text,
                file_sha256=fingerprint,
                taken_at=at,
            )
            for entry in entries
            if entry.reference not in known
        ),
        # Whoever reads the same file at the same moment comes second.
        ignore_conflicts=True,
    )
    new = Payment.objects.filter(entry__in=set(references) - known, file_sha256=fingerprint).order_by(
        "booked_on", "id"
    )
    made = _settle(new, by, at)
    paid = {clearing.payment_id for clearing in made}
    taken = Taken(
        entries=len(entries),
        known=len(known),
        matched=len(paid),
        unmatched=len(entries) - len(known) - len(paid),
        settled_cents=sum(clearing.cents for clearing in made),
    )
    audit.record(
        action="billing.payments.taken",
        subject="billing.payments:statement",
        by=by,
        changes={
            "file_sha256": fingerprint,
            "entries": taken.entries,
            "known": taken.known,
            "matched": taken.matched,
            "settled_cents": taken.settled_cents,
        },
        at=at,
    )
    return taken


def _settle(payments: Iterable[Payment], by: Actor, at: datetime) -> list[Clearing]:
    list(Item.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    waiting = {
        item.pk: OpenItem(key=item.pk, names=(item.number, item.reference), open_cents=item.open_cents)
        for item in open_items()
    }
    made = []
    for payment in payments:
        for item in paid_by(payment.text, payment.cents, waiting.values()):
            del waiting[item.key]
            made.append(
                Clearing(
                    item_id=item.key,
                    payment=payment,
                    cents=item.open_cents,
                    made_by=_person(by),
                    made_at=at,
                )
            )
    return Clearing.objects.bulk_create(made)


@transaction.atomic
def assign(*, payment_id: int, number: str, cents: int, reason: str, by: Actor, at: datetime) -> Clearing:
    """Settle so much of an item with a payment, by hand; a returned payment (negative) opens it again.

    Raises:
        NotFound: there is no such payment.
        Invalid: there is no such item, or it is more than is left of one of them.
    """
    if not Payment.objects.select_for_update().filter(pk=payment_id).exists():
        raise NotFound(_("Die Zahlung %(number)s gibt es nicht.") % {"number": payment_id})
    payment = unassigned_payments().filter(pk=payment_id).first()
    if payment is None:
        raise Conflict(_("Diese Zahlung ist schon ganz zugeordnet."))
    Item.objects.select_for_update().filter(number=number).first()
    item = items_with_open().filter(number=number).first()
    if item is None:
        raise _wrong("number", _("Den Beleg „%(number)s“ gibt es nicht.") % {"number": number})
    if not cents or not _within(cents, payment.left_cents):
        raise _wrong("cents", _("So viel ist von der Zahlung nicht übrig."))
    if not _within_item(item.open_cents - cents, item.cents):
        raise _wrong("cents", _("So viel ist an diesem Beleg nicht offen."))
    made = Clearing.objects.create(
        item=item, payment=payment, cents=cents, reason=reason, made_by=_person(by), made_at=at
    )
    audit.record(
        action="billing.payment.assigned",
        subject=f"billing.payment:{payment.pk}",
        by=by,
        changes={"number": item.number, "cents": cents},
        reason=reason,
        at=at,
    )
    return made


@transaction.atomic
def withdraw(*, clearing_id: int, reason: str, by: Actor, at: datetime) -> Clearing:
    """Take a settlement by a payment back; repeating changes nothing.

    Raises:
        NotFound: there is none.
        Invalid: no reason is given, or it settles two documents against each other.
    """
    found = (
        Clearing.objects.select_for_update(of=("self",)).select_related("item").filter(pk=clearing_id).first()
    )
    if found is None:
        raise NotFound
    if found.payment_id is None:
        raise _wrong("clearing", _("Eine Aufhebung bleibt: Sie gehört zu ihrem Beleg."))
    if not reason.strip():
        raise _wrong("reason", _("Nennen Sie den Grund."))
    if found.withdrawn_at is None:
        found.withdrawn_at = at
        found.save(update_fields=["withdrawn_at"])
        audit.record(
            action="billing.payment.unassigned",
            subject=f"billing.payment:{found.payment_id}",
            by=by,
            changes={"number": found.item.number, "cents": found.cents},
            reason=reason,
            at=at,
        )
    return found


def _within(cents: int, left: int) -> bool:
    return 0 < cents <= left if left > 0 else left <= cents < 0


def _within_item(open_cents: int, cents: int) -> bool:
    return 0 <= open_cents <= cents if cents >= 0 else cents <= open_cents <= 0


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, fields={field: sentence})


def _person(by: Actor) -> int | None:
    return int(by.id) if by.kind == "person" and by.id.isdecimal() else None
