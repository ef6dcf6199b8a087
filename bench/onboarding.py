# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Part (b): how long the database step of one new municipality takes, in a small and in a full database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg

from bench.children import Child
from bench.figures import Samples
from bench.server import Server

WAYS = {
    "ours": ("bench.onboarding_ours", "verbund.config.settings.test"),
    "stock": ("bench.onboarding_stock", "bench.stacks.stock_onboarding"),
    "stock_same": ("bench.onboarding_stock", "bench.stacks.stock_onboarding_same"),
}
# Beside them: ours from a schema in reserve, and what it takes to put one there.
SPARE, REFILL = "ours_spare", "refill"
Tell = Callable[[str], None]


def measure(
    server: Server, *, sizes: tuple[int, ...], repeats: int, tell: Tell = lambda _line: None
) -> dict[int, dict[str, Samples]]:
    """Seconds per creation by number of schemas and way; all ways take turns."""
    times = {size: {way: Samples() for way in (*WAYS, SPARE, REFILL)} for size in sizes}
    with _children(server) as children:
        for size in sizes:
            for way, child in children.items():
                tell(f"{way}: fill to {size} schemas")
                server.members.update(child.tell(do="fill", upto=size)["made"])
            for turn in range(repeats):
                tell(f"create at {size} schemas, {turn + 1} of {repeats}")
                for way, child in children.items():
                    answer = child.tell(do="create")
                    server.members.update(answer["made"])
                    times[size][way].add_round([answer["seconds"]])
                answer = children["ours"].tell(do="create_from_spare")
                server.members.update(answer["made"])
                times[size][SPARE].add_round([answer["seconds"]])
                times[size][REFILL].add_round([answer["refill_seconds"]])
    return times


def relations(server: Server) -> dict[str, int]:
    """Tables, indexes and sequences of one schema by way."""
    counted = {}
    for way in WAYS:
        dsn_name = f"{server.prefix}_onboarding_{way}"
        with psycopg.connect(server.superuser_dsn, dbname=dsn_name) as connection:
            row = connection.execute(
                "SELECT count(*) FROM pg_class WHERE relnamespace = ("
                " SELECT oid FROM pg_namespace WHERE nspname ~ '^(m_|s_|same_)[0-9]+$' ORDER BY oid DESC LIMIT 1)"
                " AND relkind IN ('r', 'i', 'S')"
            ).fetchone()
        counted[way] = int(row[0]) if row else 0
    return counted


@contextmanager
def _children(server: Server) -> Iterator[dict[str, Child]]:
    children: dict[str, Child] = {}
    server.members.add("zz_template_municipality")
    try:
        for way, (module, settings) in WAYS.items():
            database = server.database(f"onboarding_{way}", for_ours=way == "ours")
            children[way] = Child(module, server.environment(settings, database, "cli"))
            # One after the other: both name a role after the template, and it has to be our owner's.
            children[way].tell(do="fill", upto=0)
        yield children
    finally:
        for child in children.values():
            child.end()
