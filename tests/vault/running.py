# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A web server as it runs in earnest, and what can be found in its memory."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
from lxml import html

from tests.harness.services import ROOT, Services

_TOKEN = re.compile(rb"(?<![A-Za-z0-9])s\.[A-Za-z0-9]{24}(?![A-Za-z0-9])")


@contextmanager
def web_server(services: Services, database: str) -> Iterator[tuple[int, list[int]]]:
    """gunicorn with one worker: its port, and the process ids of master and worker."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VERBUND_")}
    environment = {
        **kept,
        **services.web,
        "VERBUND_DB_NAME": database,
        "VERBUND_PUBLIC_PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "verbund.config.settings.test",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "platform"), str(ROOT))),
    }
    arguments = [
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "1",
        "--worker-class",
        "gthread",
        "--threads",
        "4",
    ]
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "gunicorn",
        "verbund.config.wsgi:application",
        *arguments,
    ]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as master:
        try:
            _wait(port, master)
            yield port, [master.pid, *_children(master.pid)]
        finally:
            master.terminate()
            master.communicate(timeout=20)


def send_feedback(port: int, host: str, text: str) -> requests.Response:
    """Tell a municipality of a barrier, as a citizen would: what is written is sealed with its key."""
    url = f"http://127.0.0.1:{port}/barrierefreiheit/melden/"
    with requests.Session() as browser:
        browser.headers["Host"] = f"{host}:{port}"
        page = browser.get(url, timeout=30)
        form = next(form for form in html.fromstring(page.text).forms if "message" in form.fields)
        answers = {**form.fields, "message": text}
        # The cookie jar knows 127.0.0.1 and not the host we speak to.
        cookies = "; ".join(f"{name}={value}" for name, value in page.cookies.items())
        return browser.post(url, data=answers, headers={"Cookie": cookies}, timeout=30, allow_redirects=False)


def memory_of(pid: int) -> Iterator[bytes]:
    """Everything a process has written into its memory, region by region."""
    with Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, rights, *_rest = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(part, 16) for part in span.split("-"))
            try:
                memory.seek(start)
                yield memory.read(end - start)
            except OSError:
                continue  # mapped, but not readable: a device or a guard page


def tokens_in(pid: int) -> set[str]:
    """Whatever looks like a token of Vault in that memory."""
    return {found.decode() for region in memory_of(pid) for found in _TOKEN.findall(region)}


def _children(pid: int) -> list[int]:
    return [
        int(child)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]


def _wait(port: int, master: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + 60
    while master.poll() is None and time.monotonic() < limit:
        try:
            requests.get(
                f"http://127.0.0.1:{port}/healthz/live", headers={"Host": "verbund.localhost"}, timeout=30
            )
        except requests.RequestException:
            time.sleep(0.1)
        else:
            return
    master.kill()
    raise AssertionError(master.communicate()[1].decode()[-3000:])
