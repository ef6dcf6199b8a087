# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading the association's tables as a member: the database itself leaves out every other member's rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from verbund.kernel import context

# For this transaction only; the policies of migration 0001 ask for it.
_SET = "SELECT set_config('verbund.member', %s, true)"


@contextmanager
def own_rows() -> Iterator[int]:
    """Enter the association for the entered municipality and give its number; for reading only.

    Raises:
        NoContext: no municipality is entered.
    """
    number = context.current_municipality().number
    with context.enter_association(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SET, [str(number)])
        yield number
        # After an error the roll-back takes it back; an outer transaction would go on with it.
        cursor.execute(_SET, [""])
