# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Debian's PgBouncer before the tests' PostgreSQL, in any of its modes."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests.harness.services import Services

# PgBouncer refuses to run as root.
_ACCOUNT = "nobody"
_SECONDS = 10.0


@cache
def program() -> str | None:
    """Path of PgBouncer, installed from Debian when that is possible; None where it is not to be had."""
    found = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None and os.geteuid() == 0 and shutil.which("apt-get") is not None:
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "pgbouncer"]):
            subprocess.run(
                ["apt-get", *command],
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
                capture_output=True,
                check=False,
            )
        found = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    return found


@contextmanager
def pooled(
    services: Services, *, modes: Mapping[str, str], size: int, passwords: Mapping[str, str]
) -> Iterator[int]:
    """A pooler that treats each login in its mode; gives its port. It signs in at the server with their passwords."""
    executable = program()
    assert executable is not None
    port = _free_port()
    server = f"host={services.cli['VERBUND_DB_HOST']} port={services.cli['VERBUND_DB_PORT']}"
    with tempfile.TemporaryDirectory(prefix="verbund-pooler-") as name:
        users, configuration = Path(name) / "users.txt", Path(name) / "pgbouncer.ini"
        users.write_text("".join(f'"{login}" "{password}"\n' for login, password in passwords.items()))
        logins = "".join(f"{login} = pool_mode={mode}\n" for login, mode in modes.items())
        configuration.write_text(
            f"[databases]\n* = {server}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n"
            f"unix_socket_dir =\nauth_type = plain\nauth_file = {users}\n"
            f"default_pool_size = {size}\n[users]\n{logins}"
        )
        command = [executable, "--quiet", str(configuration)]
        if os.geteuid() == 0:
            command.insert(1, f"--user={_ACCOUNT}")
            for path in (Path(name), users, configuration):
                shutil.chown(path, _ACCOUNT)
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                _wait(port)
                yield port
            finally:
                process.terminate()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait(port: int) -> None:
    until = time.monotonic() + _SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
