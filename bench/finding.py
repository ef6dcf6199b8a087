# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Our process of part (d): one municipality full of places, asked for boxes of its map."""

from __future__ import annotations

import random
import time
from typing import Any

import django

from bench.migrating import member
from bench.orders import serve

WEST, SOUTH, WIDE, HIGH = 13.5, 51.7, 0.25, 0.2  # a municipality, in degrees
FILL = """
INSERT INTO places_place (kind, name, category, address, description, internal_note, wkb, box, is_public)
SELECT 'asset', 'Laterne', 'Laterne', 'Dorfstraße 1', '', '', '\\x00', box(spot, spot), true
FROM (SELECT point(%s + %s * random(), %s + %s * random()) FROM generate_series(1, %s)) AS made (spot)
"""


def main() -> None:
    django.setup()
    from django.db import connection  # noqa: PLC0415 (after setup)

    from tenants import directory  # noqa: PLC0415
    from tenants.database.targets import as_owner  # noqa: PLC0415
    from tenants.schema_engine.migrations import migrate_all  # noqa: PLC0415
    from verbund.kernel import context  # noqa: PLC0415
    from verbund.kernel.context import municipality_key  # noqa: PLC0415
    from verbund.places import finding  # noqa: PLC0415
    from verbund.places.boxes import AwayFromMiddle  # noqa: PLC0415

    chance = random.Random(4)  # noqa: S311 -- boxes of a map
    members: list[Any] = []

    def box(size: float) -> tuple[float, float, float, float]:
        west = WEST + max(0.0, WIDE - size) * chance.random()
        south = SOUTH + max(0.0, HIGH - size) * chance.random()
        return west, south, west + size, south + size

    def carry_out(order: dict[str, Any]) -> dict[str, Any]:
        if order["do"] == "fill":
            migrate_all()
            members.append(directory.by_key(member(municipality_key, 900)))
            with context.enter(members[0]), connection.cursor() as cursor:
                cursor.execute("SELECT setseed(0.4)")
                cursor.execute(FILL, [WEST, WIDE, SOUTH, HIGH, order["rows"]])
            with as_owner(members[0].key), connection.cursor() as cursor:  # as autovacuum does it
                cursor.execute("VACUUM ANALYZE places_place")
            return {"made": members[0].key}
        with context.enter(members[0]):
            milliseconds, rows = [], []
            for _number in range(order["repeats"]):
                wanted = box(order["size"])
                begin = time.perf_counter()
                found = finding.within(wanted)
                milliseconds.append((time.perf_counter() - begin) * 1000)
                rows.append(len(found))
            with connection.cursor() as cursor:
                asked = finding.in_box(wanted).order_by(AwayFromMiddle("box", wanted))[: finding.MOST_ON_MAP]
                statement, values = asked.query.sql_with_params()
                cursor.execute(f"EXPLAIN {statement}", values)
                plan = [line for (line,) in cursor.fetchall()]
        return {"milliseconds": milliseconds, "rows": max(rows), "plan": plan}

    serve(carry_out)


if __name__ == "__main__":
    main()
