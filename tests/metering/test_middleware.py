# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a request adds to the sums of the process."""

from __future__ import annotations

import time

import pytest
from django.db import connection
from django.http import FileResponse, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch

from verbund.kernel import context
from verbund.metering import aggregate
from verbund.metering.aggregate import Aggregate
from verbund.metering.middleware import RequestMetering

HOUR = aggregate.hour_number(1_794_394_800.0)


@pytest.fixture
def sums(monkeypatch, time_machine):
    """The sums of this test alone."""
    time_machine.move_to(1_794_394_800.0, tick=False)
    own = Aggregate()
    monkeypatch.setattr("verbund.metering.middleware.requests", own)
    return own


def _ask(
    response, *, method="GET", path="/maengel/", module="verbund.modules.defects.views.public", work=None
):
    def view(request):
        def inner():
            """Only its module is looked at."""

        inner.__module__ = module
        request.resolver_match = ResolverMatch(inner, (), {}, route="maengel/")
        if work is not None:
            work()
        return response

    return RequestMetering(view)(RequestFactory().generic(method, path))


def test_request_counts_for_the_municipality_that_is_entered(sums, in_heideblick):
    _ask(HttpResponse(b"x" * 100))

    ((key, cell),) = sums.take().items()
    assert key == (in_heideblick.number, HOUR, "http.requests", "defects", "2xx")
    assert (cell[0], cell[3], cell[4]) == (1, 0, 100)


def test_association_is_tenant_zero(sums, in_association):
    _ask(HttpResponse(status=404), module="verbund.console.views")

    assert list(sums.take()) == [(0, HOUR, "http.requests", "console", "4xx")]


def test_unknown_host_counts_for_nobody(sums, db):
    _ask(HttpResponse())

    assert sums.take() == {}


@pytest.mark.parametrize(
    ("response", "path", "meter"),
    [
        (HttpResponse(content_type="image/png"), "/karte/12/2200/1340", "http.assets"),
        (HttpResponse(content_type="text/css"), "/static/web/verbund.css", "http.assets"),
        (HttpResponseNotModified(), "/fotos/3.webp", "http.assets"),
        (HttpResponseNotModified(), "/maengel/", "http.requests"),
        (HttpResponse(content_type="application/json"), "/api/v1/reports/", "http.requests"),
        (HttpResponse(content_type="text/html; charset=utf-8"), "/", "http.requests"),
    ],
)
def test_pictures_and_tiles_are_counted_apart(sums, in_heideblick, response, path, meter):
    _ask(response, path=path)

    ((key, _cell),) = sums.take().items()
    assert key[2] == meter


@pytest.mark.parametrize(
    ("view", "module"),
    [
        ("verbund.modules.defects.rest.views", "defects"),
        ("verbund.staff.views", "staff"),
        ("billing.views.own", "billing"),
        ("allauth.account.views", "allauth"),
        ("", "none"),
    ],
)
def test_module_is_read_from_the_view(sums, in_heideblick, view, module):
    _ask(HttpResponse(), module=view)

    ((key, _cell),) = sums.take().items()
    assert key[3] == module


def test_database_and_processor_time_are_the_requests_own(sums, in_heideblick):
    def work():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.02)")
            cursor.execute("SELECT 1")
        until = time.thread_time_ns() + 5_000_000
        while time.thread_time_ns() < until:
            pass

    _ask(HttpResponse(), work=work)

    ((_key, (n, cpu_ns, db_ns, db_calls, _size)),) = sums.take().items()
    assert (n, db_calls) == (1, 2)
    assert cpu_ns >= 5_000_000
    assert db_ns >= 20_000_000
    assert connection.execute_wrappers == []


def test_streamed_bytes_are_counted_when_they_are_sent(sums, in_heideblick):
    response = _ask(StreamingHttpResponse(iter([b"abc", b"defg"])))
    key = (in_heideblick.number, HOUR, "http.requests", "defects", "2xx")
    assert sums.take()[key][4] == 0

    assert b"".join(response) == b"abcdefg"

    assert sums.take() == {key: [0, 0, 0, 0, 7]}


def test_declared_length_of_a_stream_is_believed(sums, in_heideblick, tmp_path):
    path = tmp_path / "bericht.pdf"
    path.write_bytes(b"x" * 321)
    response = _ask(FileResponse(path.open("rb")))

    ((_key, cell),) = sums.take().items()
    assert cell[4] == 321
    response.close()


def test_head_sends_no_body(sums, in_heideblick):
    _ask(HttpResponse(b"x" * 100), method="HEAD")

    ((_key, cell),) = sums.take().items()
    assert cell[4] == 0


def test_scope_is_still_the_same_afterwards(sums, in_heideblick):
    _ask(HttpResponse())

    assert context.current() == in_heideblick
