# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Twelve months in the ledger, verified as a whole and looked at by one member. Imported after Django's setup."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.test import Client

from tenants import directory
from tenants.models import Host, Tenant
from tests.factories.accounts import make_person
from tests.factories.sessions import session_key
from verbund.kernel import clock, context
from verbund.metering import rollup
from verbund.metering.periods import bounds_of
from verbund.metering.sealing import seals
from verbund.metering.sealing.verification import verify

HOST = "m1.bench.localhost"
DAYS, SEALED_AFTER = 365, 7
# A hundred events in each counter: 10.5 million of each member in a year of twelve meters.
EVENTS_EACH, BATCH_SECONDS = 100, 10
METERS = (
    "http.requests",
    "http.assets",
    "cpu.ms",
    "db.ms",
    "db.calls",
    "egress.bytes",
    "jobs.runs",
    "jobs.ms",
    "storage.db.bytes",
    "mail.sent",
    "defects.reports",
    "files.stored",
)
PAGES = {
    "usage": "/verwaltung/nutzung/",
    "a meter's days": "/verwaltung/nutzung/?zaehler=http.requests",
    "costs": "/verwaltung/nutzung/kosten/",
}
_COUNTERS = """
    INSERT INTO metering_usagecounter (tenant, hour, meter, dimension_hash, dimensions, quantity, n)
    SELECT t.number, h, m.meter, 0, '{"module":"defects","status":"2xx"}', 1000 + mod(t.number * 7919 + extract(hour FROM h)::int * 31, 977), %(each)s
    FROM generate_series(%(start)s::timestamptz, %(stop)s::timestamptz - interval '1 hour', interval '1 hour') AS hours (h)
    CROSS JOIN unnest(%(tenants)s::bigint[]) AS t (number) CROSS JOIN unnest(%(meters)s::text[]) AS m (meter)
"""
_STALE = """
    INSERT INTO metering_usagestale (tenant, day, touched) SELECT t.number, %(day)s, 1
    FROM unnest(%(tenants)s::bigint[]) AS t (number) ON CONFLICT DO NOTHING
"""
# The events of the day, spread over its batches: each ten seconds one, the last with the rest.
_BATCHES = """
    INSERT INTO metering_usagebatch (producer, seq, n, sha256, received_at)
    SELECT %(producer)s, s, CASE WHEN s = %(last)s THEN %(n)s - (%(last)s - 1) * (%(n)s / %(last)s) ELSE %(n)s / %(last)s END,
           sha256(s::text::bytea), %(start)s::timestamptz
    FROM generate_series(1, %(last)s) AS batches (s)
"""


def fill() -> dict[str, Any]:
    """A year of hours for every member, rolled up and sealed as the nightly tasks do it."""
    begin = time.perf_counter()
    with context.enter_association():
        tenants = list(Tenant.objects.order_by("number").values_list("number", flat=True))
    today = clock.today()
    for back in range(DAYS, 0, -1):
        _fill_day(today - timedelta(days=back), tenants)
    filled = time.perf_counter()
    rollup.roll_up()
    rolled_up = time.perf_counter()
    new = seals.seal_until(today - timedelta(days=SEALED_AFTER))
    sealed = time.perf_counter()
    with context.enter_association(), connection.cursor() as cursor:
        counters = _number(cursor, "SELECT count(*) FROM metering_usagecounter")
        batches = _number(cursor, "SELECT count(*) FROM metering_usagebatch")
        events = _number(cursor, f"SELECT sum(n) FROM metering_usagecounter WHERE tenant = {tenants[0]}")
    return {
        "members": len(tenants),
        "counters": counters,
        "batches": batches,
        "events_of_member": events,
        "seals": new,
        "fill_s": round(filled - begin, 1),
        "roll_up_s": round(rolled_up - filled, 1),
        "seal_s": round(sealed - rolled_up, 1),
    }


def verify_once() -> dict[str, Any]:
    """Seconds of a whole verification.

    Raises:
        RuntimeError: it found a difference, so it did not look at everything.
    """
    begin = time.perf_counter()
    found = verify()
    seconds = time.perf_counter() - begin
    if found.difference is not None:
        raise RuntimeError(f"the ledger differs: {found.difference}")
    return {"seconds": seconds, "days": found.days, "months": found.months, "counters": found.counters}


def open_pages(key: str) -> Client:
    """The browser of the member's administrator."""
    with context.enter_association():
        Host.objects.create(tenant=Tenant.objects.get(schema_name=key), domain=HOST, is_primary=True)
    directory.forget()
    member = directory.by_key(key)
    assert member is not None
    client = Client(HTTP_HOST=HOST)
    with context.enter(member):
        client.cookies["sessionid"] = session_key(make_person("administrator"))
    return client


def ask(client: Client, page: str, repeats: int) -> list[float]:
    """Milliseconds of each request.

    Raises:
        RuntimeError: the page was not answered.
    """
    milliseconds = []
    for _place in range(repeats):
        begin = time.perf_counter()
        answer = client.get(PAGES[page])
        milliseconds.append((time.perf_counter() - begin) * 1000)
        if answer.status_code != 200:  # noqa: PLR2004 (HTTP)
            raise RuntimeError(f"{page}: {answer.status_code}")
    return milliseconds


def _fill_day(day: Any, tenants: list[int]) -> None:
    start, stop = bounds_of(day)
    hours = int((stop - start).total_seconds() // 3600)
    given = {
        "start": start,
        "stop": stop,
        "tenants": tenants,
        "meters": list(METERS),
        "each": EVENTS_EACH,
        "day": day,
        "producer": f"bench-{day}",
        "last": 86_400 // BATCH_SECONDS,
        "n": hours * len(tenants) * len(METERS) * EVENTS_EACH,
    }
    with context.enter_association(), transaction.atomic(), connection.cursor() as cursor:
        for statement in (_COUNTERS, _STALE, _BATCHES):
            cursor.execute(statement, given)


def _number(cursor: Any, statement: str) -> int:
    cursor.execute(statement)
    return int(cursor.fetchone()[0])
