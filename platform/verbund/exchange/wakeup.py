# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tells a worker that a municipality has messages to hand over or to take. Only a hint: the sweeper finds them."""

from __future__ import annotations

from verbund.jobs.directory import municipality_by_key
from verbund.jobs.hints import hint
from verbund.kernel.context import Municipality, municipality_key

_EXPIRES_SECONDS = 120


def send(municipality: Municipality) -> None:
    hint("exchange.sweep", scope=municipality, expires_seconds=_EXPIRES_SECONDS)


def send_to(number: int) -> None:
    """The same for a municipality that serves now."""
    found = municipality_by_key(municipality_key(number))
    if found is not None:
        send(found)
