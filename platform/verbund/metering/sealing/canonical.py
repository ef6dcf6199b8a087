# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of a day goes into its seal, and how it is written: anybody can recompute it with SHA-256 alone.

A line for each counter of the day, in the order of its key (texts by bytes), fields separated by `|`, lines by a line feed:
tenant, hour as Unix time, meter, dimension hash, dimensions as PostgreSQL writes jsonb, quantity, events.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from verbund.metering.periods import bounds_of

START = bytes(32)
"""What the first seal follows."""

# Lateral: one range of hours for each day instead of all the hours there are.
_CONTENT = """
    SELECT d.day, c.n_rows, c.n, c.digest FROM unnest(%s::date[], %s::timestamptz[], %s::timestamptz[]) AS d (day, start, stop)
    CROSS JOIN LATERAL (
        SELECT count(*) AS n_rows, coalesce(sum(n), 0)::bigint AS n, sha256(convert_to(coalesce(string_agg(
            concat_ws('|', tenant, extract(epoch FROM hour)::bigint, meter, dimension_hash, dimensions::text, quantity, n),
            E'\n' ORDER BY tenant, hour, meter COLLATE "C", dimension_hash), ''), 'UTF8')) AS digest
        FROM metering_usagecounter WHERE hour >= d.start AND hour < d.stop
    ) AS c ORDER BY d.day
"""
_SUMS = """
    SELECT d.day, c.meter, c.quantity FROM unnest(%s::date[], %s::timestamptz[], %s::timestamptz[]) AS d (day, start, stop)
    CROSS JOIN LATERAL (
        SELECT meter, sum(quantity)::bigint AS quantity FROM metering_usagecounter
        WHERE hour >= d.start AND hour < d.stop GROUP BY meter
    ) AS c
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a seal says of its day or month: counters (of a month: days), events, quantity by meter, hash of the lines."""

    kind: str
    first: date
    rows: int
    n: int
    sums: Mapping[str, int] = field(default_factory=dict)
    sha256: bytes

    def chained(self, previous: bytes) -> bytes:
        """The value of this seal after the one before: SHA-256 over that and what this one says."""
        said = json.dumps(
            [
                self.kind,
                self.first.isoformat(),
                self.rows,
                self.n,
                dict(sorted(self.sums.items())),
                self.sha256.hex(),
            ],
            separators=(",", ":"),
        )
        return hashlib.sha256(previous + said.encode()).digest()


def contents_of(days: Iterable[date]) -> list[Content]:
    """The days as their counters stand now, in order; in the association's context."""
    wanted = sorted(days)
    bounds = [bounds_of(day) for day in wanted]
    given: list[Any] = [wanted, [start for start, _stop in bounds], [stop for _start, stop in bounds]]
    sums: dict[date, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, given)
        for day, meter, quantity in cursor.fetchall():
            sums.setdefault(day, {})[meter] = quantity
        cursor.execute(_CONTENT, given)
        return [
            Content(kind="day", first=day, rows=rows, n=n, sums=sums.get(day, {}), sha256=bytes(digest))
            for day, rows, n, digest in cursor.fetchall()
        ]


def content_of_month(first: date, days: Iterable[tuple[Content, bytes]]) -> Content:
    """A month out of its days with their chain values: sums added up, hash over the values in order."""
    sums: dict[str, int] = {}
    rows = n = 0
    digest = hashlib.sha256()
    for day, value in days:
        rows, n = rows + 1, n + day.n
        digest.update(value)
        for meter, quantity in day.sums.items():
            sums[meter] = sums.get(meter, 0) + quantity
    return Content(kind="month", first=first, rows=rows, n=n, sums=sums, sha256=digest.digest())
