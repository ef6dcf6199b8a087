# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund demo` in a data folder of its own, started, watched and killed from outside like an operator would."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import psycopg
import requests
from psycopg.conninfo import make_conninfo

from tests.harness.services import ROOT, throwaway
from verbund.embedded.installation import Installation
from verbund.embedded.ports import is_free
from verbund.embedded.postgres_config import SUPERUSER
from verbund.embedded.process import die_with_parent

ONLY = ("heideblick", "luckau", "bestensee")
# Tests that destroy something do it to this one.
SACRIFICE = "bestensee"
CHILDREN = (
    "postgres",
    "openbao",
    "valkey",
    "mailsink",
    "web",
    "worker",
    "provisioning",
    "schedule",
    "metrics",
)
_VERBUND = Path(sys.executable).with_name("verbund")
T = Any


class Demo:
    """One installation; `start` after `interrupt` or `kill` is the next start with the same data."""

    def __init__(self, only: tuple[str, ...] = ONLY) -> None:
        self._only = only
        # Not inside of pytest's folders: PostgreSQL's own account could not enter them.
        self.data = throwaway("system")
        self.port = free_port()
        self.output = self.data.with_suffix(".out")
        self._process: subprocess.Popen[bytes] | None = None

    # -- the supervisor ---------------------------------------------------------------------------

    @property
    def supervisor(self) -> psutil.Process:
        assert self._process is not None
        return psutil.Process(self._process.pid)

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> float:
        """Start and wait until people are told to go ahead; the seconds it took."""
        begun = time.monotonic()
        self.begin()
        self.wait_said("Verbund läuft")
        wait_until(self.is_ready, seconds=60)
        return time.monotonic() - begun

    def begin(self) -> None:
        """Start and do not wait."""
        with self.output.open("wb") as output:
            self._process = subprocess.Popen(
                [str(_VERBUND), "demo"],
                env=self.environment(),
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                # A test run that is killed takes the demo along.
                preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509 (one prctl call)
            )

    def interrupt(self, number: signal.Signals = signal.SIGINT) -> int:
        """Ctrl-C, or another signal; the exit code."""
        assert self._process is not None
        self._process.send_signal(number)
        return self._process.wait(timeout=60)

    def kill(self) -> None:
        """kill -9 of the supervisor alone."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(timeout=10)

    def remove(self) -> None:
        if self.is_running:
            self.interrupt()
        if not self.data.exists():
            return
        Installation(self.data).remove()
        shutil.rmtree(self.data, ignore_errors=True)
        self.output.unlink(missing_ok=True)

    def environment(self, **more: str) -> dict[str, str]:
        """What somebody types before the command, and nothing of this test run."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("VERBUND_", "DJANGO_"))
        }
        return kept | {"DATA": str(self.data), "PORT": str(self.port), "ONLY": ",".join(self._only)} | more

    def wait_said(self, text: str, *, seconds: float = 120) -> None:
        """Until the console has shown that; an end before is an error with all it showed."""

        def is_said() -> bool:
            said = self.output.read_text()
            assert self.is_running or text in said, said
            return text in said

        wait_until(is_said, seconds=seconds, every=0.05)

    # -- its children -----------------------------------------------------------------------------

    def child(self, name: str) -> psutil.Process:
        """A child by its name, from the note its supervisor keeps of it."""
        (noted,) = self.data.glob(f"*/{name}.pid")
        return psutil.Process(json.loads(noted.read_text())["pid"])

    def tree(self, name: str) -> list[psutil.Process]:
        """A child with the processes it started."""
        child = self.child(name)
        return [child, *child.children(recursive=True)]

    def processes(self) -> list[psutil.Process]:
        """Every process of this data folder, wherever it hangs."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                if self._is_ours(process):
                    found.append(process)
        return found

    def _is_ours(self, process: psutil.Process) -> bool:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        if str(self.data) in " ".join(process.cmdline()):
            return True
        variables = process.environ()
        return str(self.data) in {variables.get("VERBUND_DATA"), variables.get("DATA")}

    # -- ways in ----------------------------------------------------------------------------------

    @property
    def access(self) -> dict[str, Any]:
        return json.loads((self.data / "demo-access.json").read_text(encoding="utf-8"))

    def municipality(self, slug: str) -> dict[str, Any]:
        return next(item for item in self.access["municipalities"] if item["slug"] == slug)

    def account(self, slug: str, role: str) -> dict[str, Any]:
        return next(item for item in self.municipality(slug)["accounts"] if item["role"] == role)

    def is_ready(self) -> bool:
        try:
            answer = requests.get(f"http://127.0.0.1:{self.port}/healthz/ready", timeout=5)
        except requests.RequestException:
            return False
        return answer.status_code == 200

    def mails(self, to: str) -> list[dict[str, Any]]:
        """What the mail sink took for an address, the newest first."""
        try:
            everything = requests.get(self.access["mail_api"], timeout=5).json()
        except requests.ConnectionError:
            return []
        return [mail for mail in everything if to in mail["to"]]

    def cli(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`DATA=… .venv/bin/verbund …`"""
        return subprocess.run(
            [str(_VERBUND), *arguments],
            env=self.environment(),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def superuser(self) -> psycopg.Connection:
        """The database as its thief would have it: everything, past all roles."""
        return psycopg.connect(self.superuser_dsn(), autocommit=True)

    def superuser_dsn(self) -> str:
        cluster = next(iter(self.child("postgres").cmdline()[2:3]))
        lines = (Path(cluster) / "postmaster.pid").read_text().splitlines()
        return make_conninfo(host=lines[4], port=int(lines[3]), user=SUPERUSER, dbname="verbund")

    def key_of(self, slug: str) -> str:
        """`m_000042`: the name of its schema, role and transit key."""
        return str(
            self.query("SELECT schema_name FROM association.tenants_tenant WHERE slug = %s", slug)[0][0]
        )

    def query(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows as the superuser reads them."""
        with self.superuser() as connection:
            return connection.execute(statement, values).fetchall()


def free_port() -> int:
    """A port with free ones behind it, as the demo takes neighbours for its services."""
    while True:
        port = 20000 + secrets.randbelow(1200) * 10
        if all(is_free(port + offset) for offset in range(10)):
            return port


def lives(process: psutil.Process) -> bool:
    """Runs; one that has ended and waits for somebody to ask for its exit code does not."""
    with suppress(psutil.Error):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


def wait_until(condition: Callable[[], T], *, seconds: float, every: float = 0.1) -> T:
    """The first true answer.

    Raises:
        AssertionError: there was none in time.
    """
    limit = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        assert time.monotonic() < limit, f"{condition} did not come true within {seconds} s"
        time.sleep(every)


def words(text: str) -> str:
    """What a console showed, without its line breaks."""
    return re.sub(r"\s+", " ", text).strip()
