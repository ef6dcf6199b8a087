# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes the files of direct debits: open claims of members with a mandate, each once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import connection, transaction
from django.utils.translation import gettext as _

from billing.collection.models import CollectedItem, Collection, Creditor, Mandate, Scheme
from billing.collection.pain import Collector, Debit, NotSepa, written
from billing.receivables.models import Item
from billing.receivables.open_items import open_items
from verbund.audit import api as audit
from verbund.kernel import clock, working_days
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict, Invalid, NotFound

_LOCK = 0x7365_7061


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An open claim with the mandate that covers it."""

    item: Item
    mandate: Mandate
    cents: int
    is_first: bool


def due_items(*, collect_on: date) -> list[Due]:
    """Claims due until that day that no debit is under way for. The association must be entered."""
    mandates = {mandate.tenant_id: mandate for mandate in Mandate.objects.filter(ended_on=None)}
    under_way = CollectedItem.objects.filter(returned_at=None).values("item_id")
    used = set(CollectedItem.objects.filter(returned_at=None).values_list("mandate_id", flat=True))
    found = (
        open_items()
        .filter(open_cents__gt=0, due_on__lte=collect_on, tenant_id__in=mandates)
        .exclude(pk__in=under_way)
    )
    return [
        Due(
            item=item,
            mandate=mandates[item.tenant_id],
            cents=item.open_cents,
            is_first=mandates[item.tenant_id].pk not in used,
        )
        for item in found
    ]


@transaction.atomic
def collect(*, collect_on: date, by: Actor, at: datetime) -> list[Collection]:
    """One file for each scheme with what is due; without anything the list is empty. The association must be entered.

    Raises:
        Invalid: the day is no working day ahead, who collects is not named, or a value does not go with the schema;
            nothing is kept then.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    if collect_on <= clock.day_of(at) or not working_days.is_working_day(collect_on):
        sentence = _("Wählen Sie als Tag des Einzugs einen Werktag, frühestens morgen.")
        raise Invalid(sentence, fields={"collect_on": sentence})
    creditor = Creditor.objects.first()
    if creditor is None:
        sentence = _(
            "Wer einzieht, ist nicht festgelegt. Abhilfe: verbund billing creditor --name … --iban … --identifier …"
        )
        raise Invalid(sentence, fields={"creditor": sentence})
    due = due_items(collect_on=collect_on)
    return [
        _file(
            [entry for entry in due if entry.mandate.scheme == scheme], scheme, creditor, (collect_on, by, at)
        )
        for scheme in Scheme.values
        if any(entry.mandate.scheme == scheme for entry in due)
    ]


def collection_of(message_id: str) -> Collection:
    """A file as it was handed out.

    Raises:
        NotFound: there is none.
    """
    found = Collection.objects.filter(message_id=message_id).first()
    if found is None:
        raise NotFound(_("Die Lastschriftdatei %(name)s gibt es nicht.") % {"name": message_id})
    return found


@transaction.atomic
def note_return(*, number: str, by: Actor, at: datetime) -> CollectedItem:
    """The bank gave a debit back: the document may be collected again.

    Raises:
        NotFound: nothing of that number is being collected.
        Conflict: it is settled; the returned payment has to be assigned first.
    """
    found = (
        CollectedItem.objects.select_for_update(of=("self",))
        .select_related("item")
        .filter(item__number=number, returned_at=None)
        .first()
    )
    if found is None:
        raise NotFound(_("Für den Beleg %(number)s läuft kein Einzug.") % {"number": number})
    if not open_items().filter(pk=found.item_id).exists():
        raise Conflict(_("Der Beleg ist ausgeglichen. Ordnen Sie zuerst die Rückzahlung zu."))
    found.returned_at = at
    found.save(update_fields=["returned_at"])
    audit.record(
        action="billing.collection.returned",
        subject=f"billing.collection:{found.collection_id}",
        by=by,
        changes={"number": number},
        at=at,
    )
    return found


def _file(due: list[Due], scheme: str, creditor: Creditor, when: tuple[date, Actor, datetime]) -> Collection:
    collect_on, by, at = when
    message_id = f"VB-{at:%Y%m%d%H%M%S}-{scheme}"
    try:
        content = written(
            _debits(due),
            collector=Collector(
                name=creditor.name, iban=creditor.iban, identifier=creditor.identifier, scheme=scheme
            ),
            collect_on=collect_on,
            message_id=message_id,
            at=at,
        )
    except NotSepa as refused:
        raise Invalid(
            _("Die Lastschriftdatei hält das Schema nicht ein: %(reason)s") % {"reason": refused}
        ) from refused
    made = Collection.objects.create(
        message_id=message_id,
        scheme=scheme,
        collect_on=collect_on,
        content=content.decode(),
        sha256=sha256(content).hexdigest(),
        cents=sum(entry.cents for entry in due),
        made_by=by.name[:80],
        made_at=at,
    )
    CollectedItem.objects.bulk_create(
        CollectedItem(collection=made, item=entry.item, mandate=entry.mandate, cents=entry.cents)
        for entry in due
    )
    audit.record(
        action="billing.collection.made",
        subject=f"billing.collection:{made.pk}",
        by=by,
        changes={
            "message_id": message_id,
            "collect_on": collect_on.isoformat(),
            "debits": len(due),
            "cents": made.cents,
            "sha256": made.sha256,
        },
        at=at,
    )
    return made


def _debits(due: list[Due]) -> list[Debit]:
    """The first debit of a mandate is FRST, every further one RCUR, also within one file."""
    seen: set[int] = set()
    debits = []
    for entry in due:
        is_first = entry.is_first and entry.mandate.pk not in seen
        seen.add(entry.mandate.pk)
        debits.append(
            Debit(
                number=entry.item.number,
                cents=entry.cents,
                holder=entry.mandate.holder,
                iban=entry.mandate.iban,
                mandate=entry.mandate.reference,
                signed_on=entry.mandate.signed_on,
                sequence="FRST" if is_first else "RCUR",
                text=f"{entry.item.number} {entry.item.reference}",
            )
        )
    return debits
