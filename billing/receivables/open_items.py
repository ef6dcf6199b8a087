# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is open: items with what was settled, payments with what is left, and both as lists."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import BigIntegerField, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from billing.receivables.models import Item, Payment
from verbund.documents.listings.listing import Column, Kind, Listing

_STANDING = Q(clearings__withdrawn_at=None)
_SETTLED = Coalesce(Sum("clearings__cents", filter=_STANDING), 0, output_field=BigIntegerField())


def items_with_open() -> QuerySet[Any]:
    """Every item with ``open_cents``: what is left of its amount, of the same sign. The association must be entered."""
    return Item.objects.select_related("tenant").annotate(open_cents=F("cents") - _SETTLED)


def open_items(*, overdue_on: date | None = None) -> QuerySet[Any]:
    """Items that are not settled; with a day only claims that were due before it, the oldest first."""
    found = items_with_open().exclude(open_cents=0)
    if overdue_on is not None:
        found = found.filter(open_cents__gt=0, due_on__lt=overdue_on)
    return found.order_by("due_on", "number")


def unassigned_payments() -> QuerySet[Any]:
    """Payments with ``left_cents`` that nobody has said what for, the oldest first."""
    found = Payment.objects.annotate(left_cents=F("cents") - _SETTLED).exclude(left_cents=0)
    return found.order_by("booked_on", "id")


def items_listing(*, today: date, overdue: bool = False) -> Listing:
    """All open items, or those a reminder is due for, with the days they are late."""
    found = open_items(overdue_on=today if overdue else None)
    return Listing(
        title=_("Zahlungserinnerungen") if overdue else _("Offene Posten"),
        columns=(
            Column(key="tenant", title=_("Kürzel")),
            Column(key="name", title=_("Mitglied")),
            Column(key="number", title=_("Beleg")),
            Column(key="kind", title=_("Art")),
            Column(key="issued_on", title=_("Vom"), kind=Kind.DAY),
            Column(key="due_on", title=_("Fällig am"), kind=Kind.DAY),
            Column(key="days_late", title=_("Tage überfällig"), kind=Kind.WHOLE),
            Column(key="cents", title=_("Betrag"), kind=Kind.EURO),
            Column(key="open_cents", title=_("Offen"), kind=Kind.EURO),
            Column(key="reference", title=_("Kassenzeichen")),
        ),
        rows=[
            (
                item.tenant.slug,
                item.tenant.name,
                item.number,
                item.kind_label,
                item.issued_on,
                item.due_on,
                max((today - item.due_on).days, 0),
                item.cents,
                item.open_cents,
                item.reference,
            )
            for item in found
        ],
    )
