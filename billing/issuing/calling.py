# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Says that a run has ended, so that the members' people are told. What is lost here a task finds within the hour."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from verbund.jobs.directory import active_municipalities
from verbund.jobs.hints import hint

TELL = "billing.tell_of_documents"


def call(members: Collection[int]) -> None:
    """Let a worker tell these members, by number, once what was issued is committed."""
    transaction.on_commit(lambda: _send(set(members)))


def _send(members: set[int]) -> None:
    for municipality in active_municipalities():
        if municipality.number in members and not hint(TELL, scope=municipality, arguments=[1]):
            return
