# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fixtures: data folders that are gone after the test, also what lies outside of them."""

from __future__ import annotations

import os
import signal
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from verbund.embedded.installation import Installation
from verbund.embedded.ports import choose
from verbund.embedded.postgres import PostgresServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SOURCES = Path(__file__).resolve().parents[2] / "platform"


@pytest.fixture
def numbers(tmp_path: Path) -> dict[str, int]:
    """Free ports by name."""
    return choose(tmp_path / "ports.json")


@pytest.fixture(scope="session")
def _installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Set up once, as the first start takes longest."""
    made = Installation(tmp_path_factory.mktemp("data") / "verbund", fsync=False, mode="test")
    made.start()
    yield made
    made.remove()


@pytest.fixture
def installation(_installation: Installation) -> Installation:
    """A running installation; a test may stop it."""
    _installation.start()
    return _installation


@pytest.fixture
def idle(_installation: Installation) -> Installation:
    """The same, stopped."""
    _installation.stop()
    return _installation


def environment() -> dict[str, str]:
    """For a Python process that imports what we import."""
    path = filter(None, (str(SOURCES), os.environ.get("PYTHONPATH")))
    return os.environ | {"PYTHONPATH": os.pathsep.join(path)}


def make_postgres(data: Path, numbers: dict[str, int], **more: object) -> PostgresServer:
    data.mkdir(exist_ok=True)
    return PostgresServer(data, port=numbers["postgres"], logs=data / "logs", fsync=False, **more)


def start(server: PostgresServer) -> None:
    server.start()
    server.wait_ready()


def superuser(server: PostgresServer, dbname: str = "postgres") -> psycopg.Connection:
    return psycopg.connect(server.superuser_dsn, dbname=dbname, autocommit=True)


def setting(server: PostgresServer, name: str) -> str:
    with closing(superuser(server)) as connection:
        return connection.execute("SELECT current_setting(%s)", [name]).fetchone()[0]


def wait_for(condition: Callable[[], bool], *, seconds: float = 15) -> None:
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "did not happen in time"
        time.sleep(0.02)


def kill(pid: int | None) -> None:
    assert pid
    os.kill(pid, signal.SIGKILL)


def is_alive(pid: int) -> bool:
    with suppress(OSError):
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state not in {"Z", "X"}
    return False


def command_lines() -> dict[int, str]:
    found = {}
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            found[int(path.parent.name)] = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return found
