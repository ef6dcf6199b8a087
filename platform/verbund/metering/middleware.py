# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Measures every request of a known host and adds it to the sums of the process."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from verbund.kernel import context
from verbund.kernel.context import Municipality, Scope
from verbund.metering import active, flusher
from verbund.metering.aggregate import hour_number, requests
from verbund.metering.database_time import DatabaseTime
from verbund.metering.ledger import tenant_number
from verbund.metering.prometheus import observe_request
from verbund.metering.queries import ASSOCIATION_SLUG

Response = Callable[[HttpRequest], HttpResponseBase]

_ASSET_TYPES = ("image/", "font/", "text/css", "text/javascript", "application/javascript")
# An answer "not modified" has no type; then the name decides.
_ASSET_NAMES = (".png", ".jpg", ".webp", ".svg", ".ico", ".css", ".js", ".woff2", ".map", ".pbf")


class RequestMetering:
    """Counts requests, CPU time, database time and bytes by municipality, module and status class.

    Stands right after the routing by host: requests of unknown hosts and health checks have no scope and
    are not counted. CPU time is the thread's own, so a body that is streamed afterwards adds only its bytes.
    """

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        scope = context.current_or_none()
        if scope is None:
            return self.get_response(request)
        flusher.ensure_running()
        database = DatabaseTime()
        # What execute_wrapper does, without making a context manager for every request.
        wrappers = connection.execute_wrappers
        start, cpu = time.perf_counter(), time.thread_time_ns()
        wrappers.append(database)
        try:
            response = self.get_response(request)
        finally:
            wrappers.pop()
        cpu = time.thread_time_ns() - cpu
        _count(scope, request, response, cpu, database)
        _observe(scope, request, response, time.perf_counter() - start)
        return response


def _count(
    scope: Scope, request: HttpRequest, response: HttpResponseBase, cpu_ns: int, database: DatabaseTime
) -> None:
    meter = "http.assets" if _is_asset(request, response) else "http.requests"
    status = _status_class(response)
    hour = hour_number(time.time())
    key = (tenant_number(scope), hour, meter, _module(request), status)
    size = _size(request, response)
    requests.add(key, cpu_ns, database.ns, database.calls, size or 0)
    # Only whom the request itself looked up: asking here would cost every page of everybody a statement.
    person = getattr(request, "_cached_user", None)
    if person is not None and person.is_authenticated:
        active.note(scope, person.pk, hour)
    if size is None and isinstance(response, StreamingHttpResponse) and not response.is_async:
        parts: Iterable[bytes] = response.streaming_content  # type: ignore[assignment]  # not async, so bytes
        response.streaming_content = _counted(parts, key)


def _observe(scope: Scope, request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    match = request.resolver_match
    observe_request(
        method=request.method or "",
        route=match.route if match is not None else "",
        status_class=_status_class(response),
        tenant=scope.slug if isinstance(scope, Municipality) else ASSOCIATION_SLUG,
        seconds=seconds,
    )


def _status_class(response: HttpResponseBase) -> str:
    return f"{response.status_code // 100}xx"


def _is_asset(request: HttpRequest, response: HttpResponseBase) -> bool:
    if request.path.startswith(settings.STATIC_URL):
        return True
    content_type = response.headers.get("Content-Type", "")
    return content_type.startswith(_ASSET_TYPES) or (not content_type and request.path.endswith(_ASSET_NAMES))


def _module(request: HttpRequest) -> str:
    """`defects` for a view of `verbund.modules.defects`, the package's name for the platform's own views."""
    match = request.resolver_match
    if match is None:
        return "static" if request.path.startswith(settings.STATIC_URL) else "none"
    parts = str(getattr(match.func, "__module__", "")).split(".")
    if parts[:2] == ["verbund", "modules"]:
        return parts[2]
    return parts[1] if parts[0] == "verbund" else parts[0] or "none"


def _size(request: HttpRequest, response: HttpResponseBase) -> int | None:
    """Bytes of the body, or None while nobody knows: a stream without a declared length."""
    if request.method == "HEAD":
        return 0
    if isinstance(response, HttpResponse):
        return len(response.content)
    declared = response.headers.get("Content-Length", "")
    return int(declared) if declared.isdigit() else None


def _counted(parts: Iterable[bytes], key: tuple[int, int, str, str, str]) -> Iterator[bytes]:
    size = 0
    try:
        for part in parts:
            size += len(part)
            yield part
    finally:
        requests.add_bytes(key, size)
