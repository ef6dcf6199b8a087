# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The real web server with two workers: every answered request is counted once, whoever is killed."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from tests.factories.metering import counted
from verbund.metering.aggregate import Aggregate
from verbund.metering.flusher import Flusher

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[2]


def _port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def _server(data, port):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "verbund.config.settings.demo",
        "VERBUND_DATA": str(data),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    (data / "static").mkdir()
    command = [
        sys.executable, "-m", "gunicorn", "verbund.config.wsgi:application", "--bind", f"127.0.0.1:{port}",
        "--workers", "2", "--worker-class", "gthread", "--threads", "2", "--log-level", "error",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def _ask(port):
    """The status of one request to the association's API, which refuses it; None when nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/api/v1/usage/", headers={"Host": "verbund.localhost"})
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def _ask_often(port, times):
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(lambda _turn: _ask(port), range(times))).count(401)


def _wait_for_answer(port):
    until = time.monotonic() + 60
    while (status := _ask(port)) is None and time.monotonic() < until:
        time.sleep(0.2)
    assert status == 401
    return 1


def test_answered_requests_are_counted_once(heideblick, tmp_path):
    port = _port()
    with _server(tmp_path, port) as server:
        answered = _wait_for_answer(port) + _ask_often(port, 40)
        time.sleep(2.5)  # what is older than a second is on disk
        assert counted("http.requests", 0) == answered
        psutil.Process(server.pid).children()[0].kill()
        answered += _wait_for_answer(port) + _ask_often(port, 20)

    Flusher(tmp_path / "spool", Aggregate()).tick()
    assert counted("http.requests", 0) == answered
    assert list((tmp_path / "spool").glob("*/*.jsonl")) == []


def test_killed_server_loses_at_most_the_last_second(heideblick, tmp_path):
    port = _port()
    with _server(tmp_path, port) as server:
        kept = _wait_for_answer(port) + _ask_often(port, 20)
        time.sleep(2.5)
        at_risk = _ask_often(port, 10)
        for process in [*psutil.Process(server.pid).children(), psutil.Process(server.pid)]:
            process.send_signal(signal.SIGKILL)

    Flusher(tmp_path / "spool", Aggregate()).tick()
    assert kept <= counted("http.requests", 0) <= kept + at_risk
