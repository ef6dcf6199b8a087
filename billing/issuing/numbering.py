# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Numbers without gaps: taken under the range's lock in the transaction that keeps the document, given back with it."""

from __future__ import annotations

from django.db.models import F

from billing.issuing.draft import Kind, is_invoice
from billing.issuing.models import NumberRange


def next_number(kind: Kind, year: int) -> str:
    """`RE-2026-00001` for invoices and their corrections, `UB-2026-00001` for notices; call it within the transaction."""
    family = "RE" if is_invoice(kind) else "UB"
    NumberRange.objects.get_or_create(family=family, year=year)
    row = NumberRange.objects.select_for_update().get(family=family, year=year)
    NumberRange.objects.filter(pk=row.pk).update(last=F("last") + 1)
    return f"{family}-{year}-{row.last + 1:05d}"


def hold_numbers() -> None:
    """Until the transaction ends nobody else issues or takes back: documents themselves cannot be locked, they are never updated."""
    list(NumberRange.objects.select_for_update().order_by("pk"))
