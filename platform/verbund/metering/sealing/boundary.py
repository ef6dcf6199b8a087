# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Up to which day usage is sealed, and how counting and sealing keep out of each other's way."""

from __future__ import annotations

from datetime import date

from django.db import connection

# Only the number has to be our own. Who counts holds it together with others, who seals holds it alone.
_SHARED = "SELECT pg_advisory_xact_lock_shared(hashtext('metering.seal'))"
_ALONE = "SELECT pg_advisory_xact_lock(hashtext('metering.seal'))"
_LAST = "SELECT max(first) FROM metering_usageseal WHERE kind = 'day'"


def sealed_until(*, alone: bool = False) -> date | None:
    """The last sealed day; it stays the last until the running transaction of the association ends.

    Days are sealed in order and without a gap, so this one date says of every day whether it is sealed.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ALONE if alone else _SHARED)
        cursor.execute(_LAST)
        last: date | None = cursor.fetchone()[0]
    return last
