# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A gigabyte is refused at once by the application alone: nothing is read, nothing is kept, memory does not grow."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.request import urlopen

import psutil
import pytest
from django.conf import settings as django_settings

from tests.harness.services import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

GIGABYTE = 1 << 30
MEGABYTE = 1 << 20
_PIECE = bytes(64 * 1024)


@dataclass(frozen=True)
class Server:
    port: int
    process: psutil.Process

    @property
    def memory(self) -> int:
        return sum(child.memory_info().rss for child in self.process.children())


@pytest.fixture
def server(tmp_path, db) -> Iterator[Server]:
    """The web server as it is deployed, with one worker, without a proxy in front."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (tmp_path / "static").mkdir()
    environment = {
        **os.environ,
        "VERBUND_DATA": str(tmp_path),
        "VERBUND_DB_NAME": django_settings.DATABASES["default"]["NAME"],
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    command = [
        sys.executable, "-m", "gunicorn", "verbund.config.wsgi:application", "--bind", f"127.0.0.1:{port}",
        "--workers", "1", "--worker-class", "gthread", "--threads", "2", "--log-level", "error",
        "--config", "python:verbund.config.gunicorn",
    ]  # fmt: skip
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        _wait(port)
        yield Server(port, psutil.Process(process.pid))
        process.terminate()


def _wait(port: int) -> None:
    for _attempt in range(300):
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz/live", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the server did not start")


def upload(
    port: int, headers: dict[str, str], *, chunked: bool, most: int = GIGABYTE
) -> tuple[int, int, float]:
    """Send until the connection ends or takes no more: status, bytes sent, seconds to the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        lines = {"Host": "heideblick.localhost", "Content-Type": "multipart/form-data; boundary=x", **headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        began = time.perf_counter()
        connection.sendall(f"POST /maengel/melden/was/ HTTP/1.1\r\n{head}\r\n".encode())
        with ThreadPoolExecutor(1) as pool:
            sending = pool.submit(
                _send, connection, b"%x\r\n%b\r\n" % (len(_PIECE), _PIECE) if chunked else _PIECE, most
            )
            answer = connection.recv(4096)
            answered = time.perf_counter() - began
            sent = sending.result()
    return int(answer.split()[1]), sent, answered


def _send(connection: socket.socket, piece: bytes, most: int) -> int:
    sent = 0
    with connection.dup() as sending:
        sending.settimeout(2)
        while sent < most:
            try:
                sent += sending.send(piece)
            except OSError:  # closed, or not read any more
                break
    return sent


def test_gigabyte_is_refused_early(server):
    ways = [({"Content-Length": str(GIGABYTE)}, False, 413), ({"Transfer-Encoding": "chunked"}, True, 411)]
    for headers, chunked, _status in ways:
        upload(
            server.port, headers, chunked=chunked, most=MEGABYTE
        )  # what the first request of a worker loads
    before = server.memory

    for headers, chunked, status in ways:
        results = [upload(server.port, headers, chunked=chunked) for _ in range(3)]

        assert [result[0] for result in results] == [status] * 3
        assert max(sent for _status, sent, _seconds in results) < 30 * MEGABYTE
        assert min(seconds for _status, _sent, seconds in results) < 1
    assert server.memory - before < 50 * MEGABYTE
