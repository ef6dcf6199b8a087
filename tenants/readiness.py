# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether the database answers and is the one we are safe on."""

from __future__ import annotations

from django.db import DatabaseError, connection

from verbund.kernel import context
from verbund.kernel.errors import Unavailable


def check_database() -> None:
    """Read one row in the association's schema.

    Raises:
        Unavailable: PostgreSQL does not answer.
    """
    try:
        with context.enter_association(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM tenants_tenant LIMIT 1")
    except DatabaseError as error:
        raise Unavailable("PostgreSQL antwortet nicht.") from error
