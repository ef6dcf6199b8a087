# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""PostgreSQL from the wheel: a cluster of its own on loopback, superuser only through a private socket."""

from __future__ import annotations

import os
import re
import shutil
import signal
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psycopg
from psycopg.conninfo import make_conninfo

from verbund.embedded.accounts import current_account
from verbund.embedded.errors import EmbeddedError
from verbund.embedded.locks import FolderLock
from verbund.embedded.orphans import carries, end_process
from verbund.embedded.ports import require_free
from verbund.embedded.postgres_config import SUPERUSER, write_configuration
from verbund.embedded.postgres_place import Place, find_place, remove_place
from verbund.embedded.postgres_roles import DATABASE, prepare_database, prepare_roles
from verbund.embedded.process import Child

if TYPE_CHECKING:
    from collections.abc import Mapping

_SOCKET_LIMIT: Final = 107
_LOCALE: Final = ("--locale-provider=builtin", "--locale=C.UTF-8", "--encoding=UTF8")


class PostgresServer:
    """One PostgreSQL server with its cluster below ``data`` (or where ``data`` says it lies)."""

    def __init__(
        self,
        data: Path,
        *,
        port: int,
        logs: Path,
        fsync: bool = True,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        """Describe the server. Without ``fsync`` it is quick and a throwaway: for tests."""
        self.port = port
        self._data = data
        self._fsync = fsync
        self._settings = dict(settings or {})
        self._log = logs / "postgres.log"
        self._place: Place | None = None
        self._sockets: Path | None = None
        self._lock: FolderLock | None = None
        self._child: Child | None = None

    @property
    def superuser_dsn(self) -> str:
        """Connection string of the superuser through the private socket; for this account only."""
        if self._sockets is None:
            raise EmbeddedError("PostgreSQL ist noch nicht gestartet.")
        return make_conninfo(
            host=str(self._sockets), port=self.port, user=SUPERUSER, dbname="postgres", connect_timeout=5
        )

    @property
    def programs(self) -> Path:
        """The folder with pg_dump, psql and the rest, of the same version as the server."""
        if self._place is None:
            raise EmbeddedError("PostgreSQL ist noch nicht gestartet.")
        return self._place.programs

    @property
    def child(self) -> Child | None:
        """The running process; None before the first start."""
        return self._child

    def end_leftover(self) -> None:
        """End a server that a killed supervisor left running."""
        self._end_leftover(self._locked_place())
        if self._lock:
            self._lock.release()

    def start(self) -> None:
        """Start the server, on the first time after making its cluster; does not wait for it.

        Raises:
            EmbeddedError: port or data are in use, or the data are of another major version.
        """
        if self._child and self._child.is_running:
            return
        place = self._locked_place()
        self._check_version(place)
        self._end_leftover(place)
        require_free(self.port, service="PostgreSQL")
        self._make_cluster(place)
        self._sockets = _socket_folder(place, port=self.port)
        arguments = write_configuration(
            place.root,
            port=self.port,
            sockets=self._sockets,
            account=current_account().name,
            fsync=self._fsync,
            extra=self._settings,
        )
        self._child = Child(
            "postgres",
            [str(place.programs / "postgres"), "-D", str(place.cluster), *arguments],
            run=place.root,
            log=self._log,
            mark=str(place.cluster),
            account=place.account if place.is_other_account else None,
            stop_signal=signal.SIGINT,  # "fast": ends sessions, writes a checkpoint
        )
        self._child.start()

    def wait_ready(self, *, timeout: float = 60) -> None:
        """Wait until the superuser can connect; after a crash that includes the recovery.

        Raises:
            EmbeddedError: the server ended or did not get ready in time.
        """
        limit = time.monotonic() + timeout
        while True:
            if self._child is None:
                raise EmbeddedError("PostgreSQL ist noch nicht gestartet.")
            try:
                return self._child.wait_ready(self._answers, timeout=timeout)
            except EmbeddedError:
                # Sessions of a killed server need a moment to notice; their memory is in use until then.
                if "shared memory" not in self._child.output() or time.monotonic() > limit:
                    raise
                time.sleep(0.1)
                self._child.start()

    def prepare(self, *, owner_password: str, app_password: str, database: str = DATABASE) -> None:
        """Make logins and database; safe to repeat, sets the passwords where they differ."""
        prepare_roles(
            self.superuser_dsn, port=self.port, owner_password=owner_password, app_password=app_password
        )
        prepare_database(self.superuser_dsn, name=database)

    def stop(self, *, timeout: float = 30) -> None:
        """End the server after a checkpoint; sessions are cut."""
        if self._child:
            self._child.stop(timeout=timeout)
        if self._sockets and self._place and self._sockets.parent != self._place.root:
            shutil.rmtree(self._sockets, ignore_errors=True)
        if self._lock:
            self._lock.release()

    def remove(self) -> None:
        """Delete the stopped server's data for good."""
        self.stop()
        remove_place(self._data)

    def _answers(self) -> bool:
        with suppress(psycopg.OperationalError):
            psycopg.connect(self.superuser_dsn).close()
            return True
        return False

    def _locked_place(self) -> Place:
        place = self._place = find_place(self._data, is_throwaway=not self._fsync)
        self._lock = self._lock or FolderLock(place.root / "lock")
        self._lock.acquire()
        return place

    def _check_version(self, place: Place) -> None:
        """Ask the program first: that also shows whether it can run here at all."""
        match = re.search(r"\) (\d+)", place.run("postgres", "--version"))
        program = match[1] if match else "unbekannt"
        with suppress(FileNotFoundError):
            data = (place.cluster / "PG_VERSION").read_text().strip()
            if data != program:
                raise EmbeddedError(
                    f"Die Datenbank in {place.cluster} ist von PostgreSQL {data}, installiert ist {program}.",
                    remedy=f"mit DATA=<neuer Ordner> neu beginnen, oder die Daten mit PostgreSQL {data} sichern"
                    " und hier einspielen (pg_dump, pg_restore).",
                )

    def _end_leftover(self, place: Place) -> None:
        """End a server a killed supervisor left, and drop a note whose process id is another's now."""
        note = place.cluster / "postmaster.pid"
        try:
            pid = int(note.read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return
        if carries(pid, str(place.cluster)):
            end_process(pid, mark=str(place.cluster))
        note.unlink(missing_ok=True)

    def _make_cluster(self, place: Place) -> None:
        """Make the cluster beside its final name, so that one that was interrupted is never used."""
        if place.cluster.exists():
            return
        new = place.root / "cluster.new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        place.own(new)
        sync = () if self._fsync else ("--no-sync",)
        place.run(
            "initdb", "-D", str(new), "-U", SUPERUSER, "--auth=reject", "--no-instructions", *_LOCALE, *sync
        )
        new.rename(place.cluster)


def _socket_folder(place: Place, *, port: int) -> Path:
    """Make a folder only the server's account (and root) may enter, with a path short enough for a socket."""
    folder = place.root / "socket"
    if len(os.fsencode(folder / f".s.PGSQL.{port}.lock")) > _SOCKET_LIMIT:
        folder = Path(tempfile.mkdtemp(prefix="verbund-"))
    else:
        # A killed server's socket and its lock go: PostgreSQL takes a dead process for a living one
        # until somebody has collected its exit status.
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
    place.own(folder)
    return folder
