# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The real services of a test run: shared ones when they are up, else its own.

`python -m tests.harness.services` keeps shared ones up until Ctrl-C, so that repeated runs start at once.
"""

from __future__ import annotations

import atexit
import json
import os
import secrets
import shutil
import signal
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil
import psycopg

from verbund.embedded.installation import Installation

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT / ".data" / "test-services.json"
_MEMORY = Path("/dev/shm")
_ROOM = 8 * 1024**3  # bytes; the three workers of a whole run need less than three


@dataclass(frozen=True)
class Services:
    """How to reach the services: environments of the two kinds of processes, and the superuser's way in."""

    web: dict[str, str]
    cli: dict[str, str]
    superuser_dsn: str
    mail_api: str
    vault_data: str


def describe(installation: Installation) -> Services:
    (installation.data / "static").mkdir(
        exist_ok=True
    )  # WhiteNoise warns where it is missing, and warnings are errors
    extra = {
        "VERBUND_PUBLIC_SCHEME": "http",
        "VERBUND_SPARE_SCHEMAS": "0",
        "VERBUND_PG_DUMP": str(installation.postgres.programs / "pg_dump"),
    }
    return Services(
        web=installation.environment("web") | extra,
        cli=installation.environment("cli") | extra,
        superuser_dsn=installation.postgres.superuser_dsn,
        mail_api=f"{installation.mail.url}/api/messages",
        vault_data=str(installation.data),
    )


def obtain() -> Services:
    """Shared services when they answer, else a fresh installation that ends with this process."""
    shared = _shared()
    if shared is not None:
        return shared
    folder = throwaway("test")
    folder.mkdir()
    folder.chmod(0o711)  # root's PostgreSQL runs as somebody else, who has to get through
    installation = Installation(folder, fsync=False, mode="test")
    installation.start()
    _spare_upkeep(installation)
    owner = os.getpid()

    def end() -> None:
        if os.getpid() == owner:
            installation.remove()
            shutil.rmtree(folder, ignore_errors=True)  # what the tests put beside

    atexit.register(end)
    return describe(installation)


def _spare_upkeep(installation: Installation) -> None:
    """Copies of the template are gone before looking after their tables pays."""
    with psycopg.connect(installation.postgres.superuser_dsn, autocommit=True) as admin:
        admin.execute("ALTER SYSTEM SET autovacuum = off")
        admin.execute("SELECT pg_reload_conf()")


def throwaway(kind: str) -> Path:
    """The name of a new folder for an installation of this process: in memory where there is room.

    A copy of the template is two thousand files. Some file systems look for a place that was not in use a moment ago for
    each of them, at ten times the cost of the copy.
    """
    parent = _MEMORY if _has_room(_MEMORY) else Path(tempfile.gettempdir())
    for left in parent.glob("verbund-*-*-*"):  # what a killed run left behind
        process = left.name.split("-")[2]
        if process.isdecimal() and not psutil.pid_exists(int(process)):
            shutil.rmtree(left, ignore_errors=True)
    return parent / f"verbund-{kind}-{os.getpid()}-{secrets.token_hex(4)}"


def _has_room(memory: Path) -> bool:
    try:
        found = os.statvfs(memory)
    except OSError:
        return False
    free = min(found.f_bavail * found.f_frsize, psutil.virtual_memory().available)
    return free >= _ROOM and os.access(memory, os.W_OK) and memory.is_mount()


def _shared() -> Services | None:
    try:
        services = Services(**json.loads(SHARED.read_text()))
        psycopg.connect(services.superuser_dsn, connect_timeout=2).close()
    except (OSError, ValueError, TypeError, psycopg.Error):
        return None
    return services


def main() -> None:
    installation = Installation(ROOT / ".data" / "test-services", fsync=False, mode="test")
    installation.start()
    _spare_upkeep(installation)
    SHARED.write_text(json.dumps(asdict(describe(installation))))
    SHARED.chmod(0o600)
    sys.stdout.write("Services for the tests are up. Ctrl-C ends them.\n")
    sys.stdout.flush()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        signal.sigwait({signal.SIGINT, signal.SIGTERM})
    finally:
        SHARED.unlink(missing_ok=True)
        installation.stop()


if __name__ == "__main__":
    main()
