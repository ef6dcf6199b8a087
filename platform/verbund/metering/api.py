# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other packages call to have a business fact counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.db import connection, transaction

from verbund.kernel import context, registry
from verbund.kernel.context import Scope
from verbund.metering import flusher, wakeup
from verbund.metering.dimensions import checked
from verbund.metering.errors import NotCountable
from verbund.metering.facts.models import Fact

__all__ = ["record"]

_LARGEST = 2**53


def record(
    meter: str, *, quantity: int = 1, at: datetime, dimensions: Mapping[str, str] | None = None
) -> None:
    """Count a fact of the entered municipality (or association) as part of the running transaction.

    Undone with the transaction; visible in the ledger about two seconds after its commit.

    Raises:
        NotCountable: no transaction is open, no package declares this meter as exact, the quantity is not
            positive, the time has no zone, or a dimension is more than a short name.
    """
    scope = context.current()
    _check(meter, quantity, at)
    Fact.objects.create(meter=meter, quantity=quantity, occurred_at=at, dimensions=checked(dimensions))
    transaction.on_commit(partial(_after_commit, scope))


def _after_commit(scope: Scope) -> None:
    wakeup.note(scope)
    flusher.ensure_running()


def _check(meter: str, quantity: int, at: datetime) -> None:
    if not connection.in_atomic_block:
        raise NotCountable("Gezählt wird nur in der Transaktion des Vorgangs.")
    declared = registry.meters().get(meter)
    if declared is None or not declared.exact:
        raise NotCountable(f"Kein Paket führt {meter} als Zähler für Vorgänge.")
    if isinstance(quantity, bool) or not 0 < quantity < _LARGEST:
        raise NotCountable(f"Die Menge {quantity} von {meter} ist nicht zählbar.")
    if at.tzinfo is None:
        raise NotCountable("Zeitpunkte brauchen eine Zeitzone.")
