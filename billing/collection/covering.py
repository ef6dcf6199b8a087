# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which mandate a claim is collected by, for the accounts: the same that the file of direct debits names."""

from __future__ import annotations

from collections.abc import Iterable

from billing.collection.models import CollectedItem, Mandate
from billing.receivables.models import Item


def mandates_of(items: Iterable[Item]) -> dict[int, str]:
    """References by item: the mandate of the debit that is under way, else the member's present one. The association must be entered.

    What the association owes is not collected and has none.
    """
    claims = [item for item in items if item.cents > 0]
    under_way = dict(
        CollectedItem.objects.filter(item__in=claims, returned_at=None).values_list(
            "item_id", "mandate__reference"
        )
    )
    present = dict(Mandate.objects.filter(ended_on=None).values_list("tenant_id", "reference"))
    found = {item.pk: under_way.get(item.pk) or present.get(item.tenant_id, "") for item in claims}
    return {key: reference for key, reference in found.items() if reference}
