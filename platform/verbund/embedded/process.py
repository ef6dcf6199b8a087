# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A child process that is ready when it says so, ends with its supervisor and never outlives its data."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Final

from verbund.embedded.errors import EmbeddedError, explain
from verbund.embedded.orphans import PidFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from verbund.embedded.accounts import Account

_PR_SET_PDEATHSIG: Final = 1
_LOG_LIMIT: Final = 5 * 1024 * 1024
_POLL: Final = 0.02

# The kernel sends the death signal when the *thread* that started the child ends, so one thread
# that lives as long as this process starts them all.
_starter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="embedded-start")


def _new_starter() -> None:
    global _starter  # noqa: PLW0603 - after a fork the old thread exists only in the parent
    _starter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="embedded-start")


os.register_at_fork(after_in_child=_new_starter)


def die_with_parent(death_signal: int) -> Callable[[], None] | None:
    """Give the code that ties a new process to this one, where the system can do that."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def tie() -> None:
        prctl(_PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
        if os.getppid() != parent:  # the parent died between fork and prctl
            os._exit(1)

    return tie


class Child:
    """One process in a session of its own (so Ctrl-C reaches only the supervisor).

    ``mark`` is text of its command line that no foreign process has, usually a path of the data
    folder: only a process that carries it is ever taken for a leftover of an earlier run.
    """

    def __init__(
        self,
        name: str,
        argv: Sequence[str],
        *,
        run: Path,
        log: Path,
        mark: str,
        env: Mapping[str, str] | None = None,
        account: Account | None = None,
        cwd: str = "/",
        stop_signal: signal.Signals = signal.SIGTERM,
    ) -> None:
        """Describe the process; nothing is started yet."""
        self.name = name
        self.log = log
        self._argv = list(argv)
        self._env = dict(env) if env is not None else minimal_environment()
        self._account = account
        self._cwd = cwd
        self._stop_signal = stop_signal
        self._pid_file = PidFile(run / f"{name}.pid", mark=mark)
        self._process: subprocess.Popen[bytes] | None = None
        self._log_start = 0

    @property
    def pid(self) -> int | None:
        """The process id while the child has been started and not yet been found dead."""
        return self._process.pid if self._process else None

    @property
    def is_running(self) -> bool:
        """Whether the process is alive now; one that has ended is buried with all of its group."""
        process = self._process
        if process is None:
            return False
        if process.returncode is None and _has_ended(process.pid):
            # Before the id is given back to the system, so that it cannot be another's group.
            _signal_group(process.pid, signal.SIGKILL)
            process.wait()
        return process.returncode is None

    @property
    def exit_code(self) -> int | None:
        """The exit code of the last run; negative: the signal that ended it."""
        return self._process.returncode if self._process and not self.is_running else None

    def start(self) -> None:
        """Start the process after ending what an earlier, killed supervisor may have left running."""
        if self.is_running:
            return
        self.end_leftover()
        self._pid_file.path.parent.mkdir(parents=True, exist_ok=True)
        with self._open_log() as log:
            self._process = _starter.submit(self._spawn, log).result()
        self._pid_file.write(self._process.pid)

    def end_leftover(self) -> None:
        """End what an earlier, killed supervisor may have left running, and nothing else."""
        self._pid_file.end_leftover()

    def _spawn(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        account = self._account
        try:
            return subprocess.Popen(
                self._argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._cwd,
                env=self._env,
                start_new_session=True,
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
                umask=0o077,
                preexec_fn=die_with_parent(self._stop_signal),  # noqa: PLW1509 - one prctl call, nothing that locks
            )
        except OSError as error:
            raise EmbeddedError(
                f"{self.name} lässt sich nicht starten: {error.strerror} ({self._argv[0]}).",
                remedy="rm -r .venv && make demo" if isinstance(error, FileNotFoundError) else "",
            ) from error

    def _open_log(self) -> IO[bytes]:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            if self.log.stat().st_size > _LOG_LIMIT:
                self.log.replace(self.log.with_suffix(".log.1"))
        file = open(os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")  # noqa: PTH123, SIM115
        self._log_start = file.tell()
        return file

    def output(self) -> str:
        """Give what this run wrote to its log, at most the last 64 KiB."""
        try:
            with self.log.open("rb") as file:
                end = file.seek(0, os.SEEK_END)
                file.seek(max(self._log_start, end - 65536))
                return file.read().decode(errors="replace")
        except FileNotFoundError:
            return ""

    def wait_ready(self, probe: Callable[[], bool], *, timeout: float = 30) -> None:
        """Ask ``probe`` until it agrees; a child that ends first is an error that names the cause.

        Raises:
            EmbeddedError: the process ended, or did not answer within ``timeout`` seconds.
        """
        limit = time.monotonic() + timeout
        while True:
            alive = self.is_running
            if alive and probe():
                return
            if not alive or time.monotonic() > limit:
                raise self.failure()
            time.sleep(_POLL)

    def failure(self) -> EmbeddedError:
        """Say why the process ended or does not answer, from its log where the cause is a known one."""
        known = explain(self.output(), service=self.name)
        if known:
            return known
        code = self.exit_code
        if code is None:
            what = "antwortet nicht"
        elif code < 0:
            what = f"wurde beendet ({signal.Signals(-code).name})"
        else:
            what = f"hat sich beendet (Code {code})"
        return EmbeddedError(f"{self.name} {what}.", remedy=f"tail -n 40 {self.log}")

    def ask_to_stop(self) -> None:
        """Send the stop signal and return at once, so that several children may end together."""
        if self.is_running and self._process:
            with suppress(ProcessLookupError):
                self._process.send_signal(self._stop_signal)

    def stop(self, *, timeout: float = 10) -> None:
        """End the process: politely, and after ``timeout`` seconds with SIGKILL for its whole group."""
        if self._process is None:
            return
        self.ask_to_stop()
        limit = time.monotonic() + timeout
        while self.is_running and time.monotonic() < limit:
            time.sleep(_POLL)
        if self.is_running:
            _signal_group(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._process = None
        self._pid_file.remove()


def minimal_environment(**extra: str) -> dict[str, str]:
    """Give a server only what it needs: the operator's PG*, BAO_* and proxy variables would disturb it."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "TMPDIR", "TZ") if key in os.environ}
    return {"LANG": "C.UTF-8", **kept, **extra}


def _has_ended(pid: int) -> bool:
    """Tell whether our child has ended, without taking its exit status away."""
    try:
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return True


def _signal_group(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)
