# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How usage is usually counted, in plain Django: a row for each event, by itself or a thousand at once, each id once."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import django

from bench.orders import serve

MEMBERS, MODULES, STATUSES = 37, 6, ("2xx", "3xx")
AT_ONCE = 1000
_START = datetime(2026, 11, 1, tzinfo=UTC)
_INSERT = """
    INSERT INTO notices_event (id, tenant, at, meter, module, status, cpu_ns, db_ns, db_calls, size)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""


def main() -> None:
    django.setup()
    from django.db import connection, models  # noqa: PLC0415 (after setup)

    class Event(models.Model):
        """One request; what our path sums up stands in a column of its own."""

        objects: models.Manager[Event]
        id = models.UUIDField(primary_key=True)
        tenant = models.BigIntegerField()
        at = models.DateTimeField()
        meter = models.TextField()
        module = models.TextField()
        status = models.TextField()
        cpu_ns = models.BigIntegerField()
        db_ns = models.BigIntegerField()
        db_calls = models.IntegerField()
        size = models.BigIntegerField()

        class Meta:
            app_label = "notices"

    def one_by_one(number: int) -> None:
        for place in range(number):
            with connection.cursor() as cursor:
                cursor.execute(_INSERT, [uuid4(), *_values(place)])

    def many_at_once(number: int) -> None:
        names = [field.name for field in Event._meta.fields]  # noqa: SLF001 (Django's documented API)
        for start in range(0, number, AT_ONCE):
            rows = [
                Event(**dict(zip(names, [uuid4(), *_values(place)], strict=True)))
                for place in range(start, min(start + AT_ONCE, number))
            ]
            Event.objects.bulk_create(rows, ignore_conflicts=True)

    ways = {"one_by_one": one_by_one, "many_at_once": many_at_once}

    def carry_out(order: dict[str, Any]) -> dict[str, Any]:
        if order["do"] == "make":
            with connection.schema_editor() as editor:
                editor.create_model(Event)
            return {}
        before = Event.objects.count()
        begin = time.perf_counter()
        ways[order["do"]](order["number"])
        seconds = time.perf_counter() - begin
        return {"events": Event.objects.count() - before, "seconds": seconds}

    serve(carry_out)


def _values(place: int) -> list[Any]:
    return [
        place % MEMBERS + 1,
        _START + timedelta(milliseconds=place),
        "http.requests",
        f"module{place % MODULES}",
        STATUSES[place % len(STATUSES)],
        1_200_000,
        300_000,
        4,
        18_000,
    ]


if __name__ == "__main__":
    main()
