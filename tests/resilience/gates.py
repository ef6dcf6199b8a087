# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stops a worker at a chosen moment from outside: a lock in PostgreSQL or a request to Vault that waits.

Nothing of this is in the product. The triggers are the superuser's and go with the gate.
"""

from __future__ import annotations

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

import psycopg
import requests
from typing_extensions import override

from tests.resilience.station import Station

_FUNCTION = """
    CREATE SCHEMA IF NOT EXISTS resilience;
    CREATE OR REPLACE FUNCTION resilience.wait() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_xact_lock_shared(4711, TG_ARGV[0]::int); RETURN NULL; END $$
"""


class Gate:
    """Holds up whoever writes certain rows, until it is opened."""

    def __init__(self, station: Station, number: int) -> None:
        self._number = number
        self._name = f"resilience_{number}"
        self._tables: list[str] = []
        self._connection = psycopg.connect(station.superuser_dsn(), autocommit=True)
        self._connection.execute(_FUNCTION)

    def __enter__(self) -> Self:
        self._connection.execute("SELECT pg_advisory_lock(4711, %s)", [self._number])
        return self

    def open(self) -> None:
        """Let everybody pass from now on."""
        self._connection.execute("SELECT pg_advisory_unlock(4711, %s)", [self._number])

    def __exit__(self, *_error: object) -> None:
        self.open()
        for table in self._tables:
            self._connection.execute(f"DROP TRIGGER IF EXISTS {self._name} ON {table}")
        self._connection.close()

    def stand_at(self, table: str, *, when: str = "true", events: str = "INSERT OR UPDATE") -> None:
        """Stop whoever writes such a row of ``table``, with the row written and not committed."""
        self._connection.execute(
            f"CREATE TRIGGER {self._name} AFTER {events} ON {table} FOR EACH ROW WHEN ({when})"
            f" EXECUTE FUNCTION resilience.wait('{self._number}')"
        )
        self._tables.append(table)

    def stand_at_step(self, subject: str, step: str, state: str) -> None:
        """Stop the worker when it notes that state of that step of that municipality's job."""
        job = self._connection.execute(
            "SELECT max(id) FROM association.jobs_job WHERE subject = %s", [subject]
        ).fetchone()
        assert job is not None
        self.stand_at(
            "association.jobs_jobstep",
            when=f"NEW.job_id = {job[0]} AND NEW.name = '{step}' AND NEW.state = '{state}'",
            events="UPDATE",
        )

    def stand_at_schema(self, schema: str) -> None:
        """Stop whoever writes anything in a municipality's schema."""
        tables = self._connection.execute(
            "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables WHERE schemaname = %s",
            [schema],
        ).fetchall()
        for (table,) in tables:
            self.stand_at(table)

    @property
    def is_reached(self) -> bool:
        """Somebody waits here."""
        found = self._connection.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 4711 AND objid = %s AND NOT granted",
            [self._number],
        ).fetchone()
        return found is not None and found[0] > 0


class VaultDoor:
    """Stands between the platform and Vault, and lets a request wait when told to."""

    def __init__(self) -> None:
        # The data folder of the installation behind it; its Vault's port is known once it starts.
        self.data = Path()
        self._pattern: re.Pattern[str] | None = None
        self._reached, self._opened = threading.Event(), threading.Event()
        door = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _pass(self) -> None:
                door._pass_on(self)

            do_GET = do_POST = do_PUT = do_DELETE = do_LIST = _pass  # noqa: N815 (the library's names)

            @override
            def log_message(self, *_arguments: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            @override
            def handle_error(self, request: Any, client_address: Any) -> None:
                """Whoever was killed no longer takes the answer."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self.open()
        self._server.shutdown()
        self._server.server_close()

    def hold(self, pattern: str) -> None:
        """Let the next request whose method and path fit wait."""
        self._reached.clear()
        self._opened.clear()
        self._pattern = re.compile(pattern)

    def open(self) -> None:
        """Let it go, and everybody after it."""
        self._pattern = None
        self._opened.set()
        self._reached.clear()

    @property
    def is_reached(self) -> bool:
        return self._reached.is_set()

    def _pass_on(self, handler: BaseHTTPRequestHandler) -> None:
        if self._pattern is not None and self._pattern.search(f"{handler.command} {handler.path}"):
            self._reached.set()
            self._opened.wait(timeout=60)
            handler.close_connection = True
            return
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        headers = {name: value for name, value in handler.headers.items() if name.startswith("X-Vault")}
        port = json.loads((self.data / "ports.json").read_text())["openbao"]
        answer = requests.request(
            handler.command, f"http://127.0.0.1:{port}{handler.path}", data=body, headers=headers, timeout=30
        )
        handler.send_response(answer.status_code)
        handler.send_header("Content-Type", answer.headers.get("Content-Type", "application/json"))
        handler.send_header("Content-Length", str(len(answer.content)))
        handler.end_headers()
        handler.wfile.write(answer.content)
