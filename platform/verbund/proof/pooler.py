# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands between us and PostgreSQL keeps a session for whoever has it; without a pooler there is nothing to try."""

from __future__ import annotations

import psycopg
from django.db import connection

from tenants.database import server
from verbund.kernel import context
from verbund.proof.ledger import Ledger

SESSIONS = "pooler.sessions"


def try_pooler(ledger: Ledger) -> None:
    """Look again, past what this process has found out when it began."""
    with context.enter_association():
        connection.ensure_connection()
        found = connection.connection
        if not server.serves_through_pooler(found):
            ledger.gaps[SESSIONS] = (
                "Ein Verbindungsverteiler (PgBouncer) stand in diesem Lauf nicht vor der Datenbank."
            )
            return
        try:
            server.check_again(found, lambda: psycopg.connect(**connection.get_connection_params()))
        except server.UnsafeServer as error:
            ledger.failed(SESSIONS, "PgBouncer", error.message)
        else:
            ledger.held(SESSIONS)
