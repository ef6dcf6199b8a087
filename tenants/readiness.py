# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether the database answers and is the one we are safe on."""

from __future__ import annotations

import sys

import psycopg
from django.db import DatabaseError, connection

from tenants.database.server import UnsafeServer, check_again
from verbund.kernel import context
from verbund.kernel.errors import DomainError, Unavailable

_NO_USE = 3  # gunicorn's WORKER_BOOT_ERROR


def check_database() -> None:
    """Read one row in the association's schema, on a server that keeps municipalities apart.

    Raises:
        Unavailable: PostgreSQL does not answer.
        UnsafeServer: what answers is not safe.
    """
    try:
        with context.enter_association(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM tenants_tenant LIMIT 1")
            check_again(connection.connection, lambda: psycopg.connect(**connection.get_connection_params()))
    except DatabaseError as error:
        raise Unavailable("PostgreSQL antwortet nicht.") from error


def refuse_unsafe_server() -> None:
    """End a process that is starting when its database is not safe; one that is merely away may come yet.

    Raises:
        SystemExit: with the status by which the web server knows that starting again is no use.
    """
    try:
        with context.enter_association():
            connection.ensure_connection()
    except UnsafeServer as error:
        sys.stderr.write(f"{error.message}\n")
        raise SystemExit(_NO_USE) from None
    except (DomainError, DatabaseError):
        pass  # the first statement looks again
    finally:
        connection.close()
