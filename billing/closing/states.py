# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of a billing period and the steps between them, without Django."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """OPEN while the month runs, GRACE while late events are awaited and until it is calculated."""

    OPEN = "OPEN"
    GRACE = "GRACE"
    CALCULATED = "CALCULATED"
    APPROVED = "APPROVED"
    ISSUED = "ISSUED"
    CLOSED = "CLOSED"


# A calculation is taken back to change what went in, an approval to look again; what was issued is only corrected.
NEXT: Mapping[State, frozenset[State]] = {
    State.OPEN: frozenset({State.GRACE}),
    State.GRACE: frozenset({State.CALCULATED}),
    State.CALCULATED: frozenset({State.GRACE, State.APPROVED}),
    State.APPROVED: frozenset({State.CALCULATED, State.ISSUED}),
    State.ISSUED: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
}
# From here on nothing that goes into the month changes any more.
FIXED = frozenset({State.CALCULATED, State.APPROVED, State.ISSUED, State.CLOSED})


class LineKind(StrEnum):
    """What a line of a statement is; SHARE and the prices make it up, ADVANCE and TRUE_UP say when it is paid."""

    SHARE = "share"
    BASE_FEE = "base_fee"
    USAGE = "usage"
    ADVANCE = "advance"
    TRUE_UP = "true_up"
    CORRECTION = "correction"


class Act(StrEnum):
    """By what somebody took part in a period, so that another person approves it."""

    CALCULATED = "calculated"
    CORRECTED = "corrected"
    KEY = "key"
    PRICE = "price"
    COST = "cost"
