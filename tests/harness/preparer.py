# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The prepared process of prepared.py: loads libraries once, then forks for each program that is asked for."""

from __future__ import annotations

import array
import gc
import importlib
import json
import os
import runpy
import select
import shutil
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

# Libraries that most programs load, and that look at neither settings nor environment while they are.
_LIBRARIES = (
    "celery", "celery.signals", "celery.app.base", "celery.app.amqp", "cryptography.hazmat.primitives.ciphers.aead",
    "django.contrib.auth.hashers", "django.core.management.commands.migrate", "django.core.serializers.json",
    "django.db.backends.postgresql.base", "django.db.models", "django.forms", "django.http", "django.template.defaulttags",
    "django.urls", "hvac", "kombu", "psycopg", "pydantic_settings", "requests", "rich.console", "structlog", "yaml",
)  # fmt: skip


def main(address: str) -> None:
    """Serve until the input is closed; in a forked process, return and end as the program would."""
    for name in _LIBRARIES:
        importlib.import_module(name)
    gc.freeze()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(address)
        listening.listen()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            asked, _writable, _failed = select.select([listening, sys.stdin], [], [], 1)
            _forget_ended()
            if sys.stdin in asked:
                break
            if listening in asked:
                connection, _from = listening.accept()
                if os.fork() == 0:
                    listening.close()
                    program = _watched(connection)
                    return _become(*program)
                connection.close()
    shutil.rmtree(Path(address).parent, ignore_errors=True)
    return None


def _forget_ended() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass
    except ChildProcessError:
        return


def _watched(connection: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Fork the program: this process waits for it, says how it ended and never returns; the program does."""
    length, files = _received(connection)
    request = b""
    while len(request) < length:
        part = connection.recv(length - len(request))
        if not part:
            os._exit(1)
        request += part
    program = os.fork()
    if program == 0:
        connection.close()
        return json.loads(request), files
    with suppress(OSError):  # whoever asked may have stopped waiting
        connection.sendall(f"{program}\n".encode())
        _pid, status = os.waitpid(program, 0)
        connection.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
    os._exit(0)


def _received(connection: socket.socket) -> tuple[int, list[int]]:
    files = array.array("i")
    size, ancillary, _flags, _address = connection.recvmsg(4, socket.CMSG_LEN(2 * files.itemsize))
    for _level, _kind, data in ancillary:
        files.frombytes(data)
    return int.from_bytes(size, "big"), list(files)


def _become(request: dict[str, Any], files: list[int]) -> None:
    """Take on environment, place, arguments and outputs of the program, and be it."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in zip([nothing, *files], range(3), strict=True):
        os.dup2(source, target)
        os.close(source)
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    os.chdir(request["cwd"])
    sys.path[0:0] = ["", *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    kind, what, *arguments = request["command"]
    if kind == "-m":
        sys.argv = [what, *arguments]
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        sys.argv = ["-c", *arguments]
        exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})  # noqa: S102 (it is what -c does)


if __name__ == "__main__":
    main(sys.argv[1])
