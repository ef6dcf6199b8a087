# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs programs as processes of their own, forked from one that has already loaded what others wrote.

Half of the time of a short program goes into loading Django and other libraries. A prepared process has loaded them and
nothing of ours: settings, environment, arguments and logins are those of the program alone, which ends as any other does.
How whole programs start by themselves is tested in tests/system and tests/bench.
"""

from __future__ import annotations

import array
import atexit
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from signal import SIGKILL
from typing import IO

_ROOT = Path(__file__).resolve().parents[2]


def run(
    *command: str, environment: Mapping[str, str], cwd: Path = _ROOT, seconds: float = 300
) -> subprocess.CompletedProcess[str]:
    """As ``subprocess.run([sys.executable, *command])``; the command is ``-m module …`` or ``-c code …``.

    Raises:
        TimeoutExpired: it was ended after that time.
    """
    request = json.dumps({"command": command, "environment": dict(environment), "cwd": str(cwd)}).encode()
    with (
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as error,
        socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection,
    ):
        connection.settimeout(seconds)
        connection.connect(_preparer().address)
        with connection.makefile("rb") as answers:
            _send(connection, request, out, error)
            process = int(answers.readline())
            try:
                status = int(answers.readline())
            except TimeoutError:
                with suppress(ProcessLookupError):
                    os.kill(process, SIGKILL)
                raise subprocess.TimeoutExpired(list(command), seconds) from None
        return subprocess.CompletedProcess([sys.executable, *command], status, _text(out), _text(error))


def _send(connection: socket.socket, request: bytes, out: IO[bytes], error: IO[bytes]) -> None:
    files = array.array("i", [out.fileno(), error.fileno()])
    connection.sendmsg([len(request).to_bytes(4, "big")], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, files)])
    connection.sendall(request)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


class _Preparer:
    """The prepared process; it ends when this one does, however that comes about, because its input is closed then."""

    def __init__(self) -> None:
        folder = tempfile.mkdtemp(prefix="verbund-prepared-")
        self.address = str(Path(folder) / "socket")
        bare = {name: value for name, value in os.environ.items() if not name.startswith("VERBUND_")}
        bare.pop("DJANGO_SETTINGS_MODULE", None)
        self._process = subprocess.Popen(
            [sys.executable, "-I", str(Path(__file__).with_name("preparer.py")), self.address],
            env=bare, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd="/",
        )  # fmt: skip
        atexit.register(self._end)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"ready\n"

    def _end(self) -> None:
        self._process.communicate()


_once = threading.Lock()


@cache
def _made() -> _Preparer:
    return _Preparer()


def _preparer() -> _Preparer:
    with _once:
        return _made()
