# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A running site for the browser: a database of its own, a server process, signed-in people, sample objects."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.harness import databases
from tests.harness.services import ROOT, Services

ASSOCIATION = "verbund.localhost"


@dataclass(frozen=True, kw_only=True)
class LiveSite:
    """Where the site is, what is in it (`made`), and the session cookies by host and role (`sessions`)."""

    port: int
    database: str
    services: Services
    made: dict[str, Any]
    sessions: dict[str, str]

    def url(self, host: str, path: str = "/") -> str:
        return f"http://{host}:{self.port}{path}"

    def run(self, module: str, *arguments: str, owner: bool = False) -> subprocess.CompletedProcess[str]:
        """Run `python -m module …` on this site's database, with the owner's login where it needs one."""
        return _run(self.services, self.database, self.port, module, *arguments, owner=owner)


@contextmanager
def live(services: Services) -> Iterator[LiveSite]:
    """Copy the template, fill it with samples, serve it; all of it is gone afterwards."""
    database = f"verbund_e2e_{os.getpid()}"
    databases.copy(services, databases.ensure_template(services), database)
    port = _free_port()
    try:
        filled = _run(services, database, port, "tests.e2e.fill")
        if filled.returncode != 0:
            raise RuntimeError(f"tests.e2e.fill failed:\n{filled.stdout}\n{filled.stderr}")
        content = json.loads(filled.stdout.splitlines()[-1])
        with _served(services, database, port):
            yield LiveSite(port=port, database=database, services=services, **content)
    finally:
        databases.drop(services, database)


@contextmanager
def _served(services: Services, database: str, port: int) -> Iterator[None]:
    log = Path(services.vault_data) / f"e2e-{os.getpid()}.log"
    command = [sys.executable, "-W", "ignore", "-m", "gunicorn", "tests.e2e.serve:application", "--bind",
               f"127.0.0.1:{port}", "--threads", "8", "--keep-alive", "60", "--graceful-timeout", "1"]  # fmt: skip
    with (
        log.open("w") as output,
        subprocess.Popen(
            command, cwd=ROOT, env=_environment(services, database, port), stdout=output, stderr=output
        ) as server,
    ):
        try:
            _wait(port, server, log)
            yield
        finally:
            server.terminate()
            server.wait(timeout=10)


def _environment(services: Services, database: str, port: int, *, owner: bool = False) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VERBUND_")}
    own = services.cli if owner else services.web
    return {
        **kept,
        **own,
        "VERBUND_DB_NAME": database,
        "VERBUND_PUBLIC_PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "verbund.config.settings.test",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "platform"), str(ROOT))),
    }


def _run(
    services: Services, database: str, port: int, module: str, *arguments: str, owner: bool = False
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=_environment(services, database, port, owner=owner),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    for _attempt in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{log.read_text()[-3000:]}")
