# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Our process of part (e): one municipality of several full of documents, searched by everybody and by the office."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

import django

from bench.migrating import member
from bench.orders import serve

_PLAIN = (
    "Laterne",
    "Schlagloch",
    "Baum",
    "Müll",
    "Pfütze",
    "Ampel",
    "Hecke",
    "dunkel",
    "kaputt",
    "locker",
    "seit",
    "und",
)
_FIRST = (
    "Straßen",
    "Geh",
    "Rad",
    "Wald",
    "Park",
    "Schul",
    "Bus",
    "Spiel",
    "Sport",
    "Markt",
    "Ufer",
    "Brücken",
    "Strom",
)
_SECOND = (
    "weg",
    "platz",
    "laterne",
    "mast",
    "schild",
    "bank",
    "zaun",
    "graben",
    "damm",
    "tor",
    "kasten",
    "belag",
    "kante",
)
_THIRD = ("haus", "stelle", "anlage", "deckel", "hof", "stück")
# Stands in the oldest twentieth only: whoever looks for the newest with it has to look far.
_OLD = "Sturmschaden"
_PER_PAGE = 25
# So many go the way of the platform, which tells its speed; the rest would take minutes that measure nothing.
_BY_PYTHON = 1000
_RAW = "CREATE TEMPORARY TABLE raw (key text, is_public boolean, title text, body text, at timestamptz)"
_FILL = """
INSERT INTO search_document (source, key, is_public, title, text, url, at, edition, vector)
SELECT 'defects.report', key, is_public, title, body, '/maengel/' || key || '/', at, %s,
    setweight(to_tsvector('german', key || ' ' || title), 'A') || setweight(to_tsvector('german', body), 'B')
FROM raw
"""


class Clerk:
    """Somebody of the office who may read everything."""

    def may(self, _permission: str) -> bool:
        return True


def vocabulary() -> tuple[list[str], list[float]]:
    """Words as they stand in reports: few very often, compounds seldom, the longest in a few only."""
    compounds = [first + second for first in _FIRST for second in _SECOND]
    longer = [f"{compound}{second}" for compound in compounds for second in _SECOND]
    seldom = [f"{word}{third}" for word in longer for third in _THIRD]
    words = [*_PLAIN, *compounds, *longer, *seldom]
    return words, list(accumulate(1 / (place + 1) for place in range(len(words))))


def documents(rows: int, at: datetime) -> Iterator[Any]:
    from verbund.kernel.ports import SearchDocument  # noqa: PLC0415 (after setup)

    chance = random.Random(4)  # noqa: S311 -- words of documents
    words, weights = vocabulary()
    for number in range(rows):
        key = f"M-2026-{number:06d}"
        old = _OLD if number > rows * 0.95 else ""
        text = f"{key}. {old} {' '.join(chance.choices(words, cum_weights=weights, k=40))}"
        yield SearchDocument(
            key=key,
            title=f"Beleuchtung, {words[len(_PLAIN) + number % 300]}straße {number % 90}",
            at=at - timedelta(minutes=number),
            public_text=text,
            public_url=f"/maengel/{key}/",
            staff_text=f"{text} Bauhof",
            staff_url=f"/verwaltung/maengel/{key}/",
        )


def fill(rows: int, municipalities: int) -> tuple[Any, dict[str, Any]]:
    """The municipality that is full, and what was made."""
    from django.db import connection  # noqa: PLC0415 (after setup)

    from tenants import directory  # noqa: PLC0415
    from tenants.database.targets import as_owner  # noqa: PLC0415
    from tenants.models import ModuleActivation, Tenant  # noqa: PLC0415
    from tenants.schema_engine.migrations import migrate_all  # noqa: PLC0415
    from verbund.kernel import clock, context  # noqa: PLC0415
    from verbund.search import index  # noqa: PLC0415
    from verbund.search.models import Word  # noqa: PLC0415
    from verbund.search.spelling import folded  # noqa: PLC0415

    migrate_all()
    made = [member(context.municipality_key, 1000 + number) for number in range(municipalities)]
    with context.enter_association():
        tenant = Tenant.objects.get(schema_name=made[0])
        ModuleActivation.objects.create(tenant=tenant, module="defects", active_from=clock.now())
    full = directory.by_key(made[0])
    assert full is not None
    begin = time.perf_counter()
    with context.enter(full):
        index.put("defects.report", documents(_BY_PYTHON, clock.now()))
    seconds = time.perf_counter() - begin
    with as_owner(full.key), connection.cursor() as cursor:
        cursor.execute(_RAW)
        with cursor.copy("COPY raw FROM STDIN") as copy:
            for document in documents(rows, clock.now()):
                for is_public in (True, False):
                    text = document.public_text if is_public else document.staff_text
                    copy.write_row((document.key, is_public, document.title, text, document.at))
        cursor.execute("TRUNCATE search_document")
        cursor.execute(_FILL, [index.edition()])
        cursor.execute("VACUUM ANALYZE search_document")  # as autovacuum does it
        words = {
            (is_public, word.lower()) for word in [*vocabulary()[0], _OLD] for is_public in (True, False)
        }
        Word.objects.bulk_create(
            (
                Word(source="defects.report", is_public=is_public, word=word, folded=folded(word))
                for is_public, word in words
            ),
            ignore_conflicts=True,
        )
        cursor.execute("VACUUM ANALYZE search_word")
        cursor.execute("SELECT count(*) FROM search_word")
        (number,) = cursor.fetchone()
    return full, {"made": made, "per_second": _BY_PYTHON / seconds, "words": number}


def ours(text: str, who: Any) -> int:
    """What the page asks for."""
    from verbund.search import finding, guessing  # noqa: PLC0415 (after setup)

    found = finding.find(text, who=who)
    if not found.rows:
        text = guessing.guess(text, who=who)
        found = finding.find(text, who=who)
    return len(finding.hits(found.of("")[:_PER_PAGE], text, who=who))


def at_query_time(text: str, who: Any) -> int:
    from django.contrib.postgres.search import SearchQuery, SearchVector  # noqa: PLC0415 (after setup)

    rows = _rows(who).annotate(now=SearchVector("title", "text", config="german"))
    return _first_page(rows.filter(now=SearchQuery(text, config="german")))


def by_like(text: str, who: Any) -> int:
    from django.db.models import Q  # noqa: PLC0415 (after setup)

    return _first_page(_rows(who).filter(Q(title__icontains=text) | Q(text__icontains=text)))


def _rows(who: Any) -> Any:
    from verbund.search.models import Document  # noqa: PLC0415 (after setup)

    return Document.objects.filter(is_public=who is None)


def _first_page(rows: Any) -> int:
    rows.count()
    return len(rows.order_by("-at")[:_PER_PAGE])


def explained(text: str, who: Any) -> list[str]:
    from django.db import connection  # noqa: PLC0415 (after setup)

    from verbund.search import finding  # noqa: PLC0415

    statement, values = finding.newest(text, who=who).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {statement}", values)
        return [line for (line,) in cursor.fetchall()]


WAYS: dict[str, Callable[[str, Any], int]] = {"ours": ours, "at_query_time": at_query_time, "like": by_like}


def main() -> None:
    django.setup()
    from verbund.kernel import context  # noqa: PLC0415 (after setup)

    full: list[Any] = []

    def carry_out(order: dict[str, Any]) -> dict[str, Any]:
        if order["do"] == "fill":
            municipality, made = fill(order["rows"], order["municipalities"])
            full.append(municipality)
            return made
        who = Clerk() if order["who"] == "office" else None
        with context.enter(full[0]):
            milliseconds, rows = [], 0
            for _number in range(order["repeats"]):
                begin = time.perf_counter()
                rows = WAYS[order["way"]](order["text"], who)
                milliseconds.append((time.perf_counter() - begin) * 1000)
            return {"milliseconds": milliseconds, "rows": rows, "plan": explained(order["text"], who)}

    serve(carry_out)


if __name__ == "__main__":
    main()
