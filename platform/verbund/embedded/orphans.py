# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds a process that a killed supervisor left running on the same data, and ends only that one."""

from __future__ import annotations

import json
import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from verbund.embedded.errors import EmbeddedError

_PROC: Final = Path("/proc")
_PATIENCE: Final = 10.0


@dataclass(frozen=True)
class PidFile:
    """Remembers one process by id and start time, as ids are given out again."""

    path: Path
    mark: str

    def write(self, pid: int) -> None:
        """Note the process that was just started."""
        self.path.write_text(json.dumps({"pid": pid, "started": started_at(pid)}))

    def remove(self) -> None:
        """Forget the process."""
        self.path.unlink(missing_ok=True)

    def end_leftover(self) -> None:
        """End the noted process if it still runs and is certainly ours; forget it in any case."""
        try:
            noted = json.loads(self.path.read_text())
            pid, started = int(noted["pid"]), noted["started"]
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            pid, started = 0, None
        if pid > 1 and started is not None and started_at(pid) == started:
            end_process(pid, mark=self.mark)
        self.remove()


def started_at(pid: int) -> int | None:
    """Give the start time of a process in clock ticks since boot; None: it does not run."""
    try:
        stat = (_PROC / str(pid) / "stat").read_text()
    except OSError:
        return None
    # The name in brackets may hold blanks and brackets; the fields after it may not.
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] in {"Z", "X"} else int(fields[19])


def carries(pid: int, mark: str) -> bool:
    """Tell whether the command line of a process holds ``mark``."""
    try:
        return mark.encode() in (_PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ")
    except OSError:
        return False


def end_process(pid: int, *, mark: str) -> None:
    """End a leftover process, asking first; a process without our mark is left alone.

    Raises:
        EmbeddedError: the process is ours and cannot be ended.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        if started_at(pid) is None or not carries(pid, mark):
            return
        try:
            # SIGKILL goes to the session we made for it; what it started itself must not survive.
            (os.killpg if number is signal.SIGKILL else os.kill)(pid, number)
        except ProcessLookupError:
            return
        except PermissionError as error:
            raise EmbeddedError(
                f"Ein früherer Prozess {pid} nutzt die Daten noch und gehört einem anderen Konto.",
                remedy=f"kill {pid}",
            ) from error
        limit = time.monotonic() + (_PATIENCE / 2 if number is not signal.SIGKILL else _PATIENCE)
        while time.monotonic() < limit and started_at(pid) is not None:
            _bury(pid)
            time.sleep(0.02)
    if started_at(pid) is not None:
        raise EmbeddedError(f"Der frühere Prozess {pid} lässt sich nicht beenden.", remedy=f"kill -9 {pid}")


def _bury(pid: int) -> None:
    """Collect the exit status in case the process is a child of this very process."""
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
