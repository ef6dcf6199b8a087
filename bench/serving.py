# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One stack's process: serves WSGI requests to itself, one after the other, and times each."""

from __future__ import annotations

import io
import json
import re
import sys
import time
from typing import Any

import django
from django.core.wsgi import get_wsgi_application

from bench.orders import serve

CASES = {
    "no_query": ("GET", "/notices/no-query/"),
    "one_query": ("GET", "/notices/one-query/"),
    "signed_in": ("GET", "/notices/signed-in/"),
    "ten_queries": ("GET", "/notices/ten-queries/"),
    "one_write": ("POST", "/notices/write/"),
}
SETTLE = 12
OWNERS = {"no_query": 0, "one_query": 1, "signed_in": 10, "ten_queries": 10, "one_write": 0}


class WrongAnswer(AssertionError):
    """A request failed or showed somebody else's rows: then its time means nothing."""


def main() -> None:
    django.setup()
    application = get_wsgi_application()

    def carry_out(order: dict[str, Any]) -> dict[str, Any]:
        visits = order["visits"]
        times = [
            _request(application, order["case"], visits[turn % len(visits)])
            for turn in range(SETTLE + order["count"])
        ]
        # The processor's caches are full of another process at first.
        return {"ms": times[SETTLE:]}

    serve(carry_out)


def _request(application: Any, case: str, visit: dict[str, str]) -> float:
    """Milliseconds from the call to the end of the response, closing included."""
    environ = _environ(case, visit)
    answered: list[str] = []
    begin = time.perf_counter_ns()
    response = application(environ, lambda status, _headers, _info=None: answered.append(status))
    body = b"".join(response)
    response.close()
    spent = (time.perf_counter_ns() - begin) / 1e6
    _check(case, visit["owner"], answered, body.decode())
    return spent


def _environ(case: str, visit: dict[str, str]) -> dict[str, Any]:
    method, path = CASES[case]
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "CONTENT_LENGTH": "0",
        "SERVER_NAME": visit["host"],
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": visit["host"],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if case == "signed_in":
        environ["HTTP_COOKIE"] = f"sessionid={visit['session']}"
    return environ


def _check(case: str, owner: str, answered: list[str], body: str) -> None:
    shown = re.findall(r'data-owner="(\w+)"', body) if case == "signed_in" else json.loads(body)["owners"]
    if answered != ["200 OK"] or shown != [owner] * OWNERS[case]:
        raise WrongAnswer(f"{case} for {owner}: {answered} {shown}")


if __name__ == "__main__":
    main()
