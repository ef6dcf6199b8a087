# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Part (e): how long a search takes among many documents of one municipality, beside the two usual ways without an index."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.children import Child
from bench.server import Server
from bench.targets import Kept

QUESTIONS = {
    "a number": "M-2026-004711",
    "a street": "Waldgrabenstraße",
    "two words": "Laterne dunkel",
    "a word of most documents": "Laterne",
    "a word of all": "Beleuchtung",
    "a word of the oldest": "Sturmschaden",
    "two words, one of the oldest": "Laterne Sturmschaden",
    "a typo": "Waldgabrenkante",
    "a typo in a short word": "Buam",
    "nothing like it": "Quastenflosser",
}
ASKING = ("everybody", "office")
PEERS = {"at_query_time": "SearchVector when asked", "like": "ILIKE"}
_PEER_QUESTIONS = ("a number", "a street", "a word of most documents")
MOST_MS = 100.0
Tell = Callable[[str], None]


def measure(
    server: Server,
    *,
    rows: int = 100_000,
    municipalities: int = 37,
    repeats: int = 100,
    peer_repeats: int = 5,
    tell: Tell = lambda _line: None,
) -> dict[str, Any]:
    """Milliseconds from the question to the first page in hand, by question and by who asks."""
    database = server.database("search", for_ours=True)
    server.members.add("zz_template_municipality")
    child = Child("bench.searching", server.environment("verbund.config.settings.test", database, "cli"))
    try:
        tell(f"search: {municipalities} municipalities, {rows} documents in one")
        filled = child.tell(do="fill", rows=rows, municipalities=municipalities)
        server.members.update(filled["made"])
        found: dict[str, Any] = {
            "documents": rows,
            "municipalities": municipalities,
            "words": filled["words"],
            "indexed_per_second": round(filled["per_second"]),
            "repeats": repeats,
            "questions": {},
        }
        for name, text in QUESTIONS.items():
            for who in ASKING:
                tell(f"search: {name}, {who}")
                found["questions"][f"{name}, {who}"] = _ask(child, text, who, "ours", repeats)
        for name in _PEER_QUESTIONS:
            for way, words in PEERS.items():
                tell(f"search: {name}, {words}")
                found["questions"][f"{name}, everybody, {way}"] = _ask(
                    child, QUESTIONS[name], "everybody", way, peer_repeats
                )
    finally:
        child.end()
    return found


def _ask(child: Child, text: str, who: str, way: str, repeats: int) -> dict[str, Any]:
    child.tell(do="ask", text=text, who=who, way=way, repeats=max(1, repeats // 10))
    answer = child.tell(do="ask", text=text, who=who, way=way, repeats=repeats)
    times = sorted(answer["milliseconds"])
    return {
        "shown": answer["rows"],
        "median_ms": round(median(times), 2),
        "p95_ms": round(times[int(len(times) * 0.95)], 2),
        "plan": [line.strip() for line in answer["plan"] if "Scan" in line or "Execution" in line]
        if way == "ours"
        else [],
    }


def show(console: Console, figures: dict[str, Any]) -> None:
    table = Table(title=f"Searching {figures['documents']} documents, {figures['words']} words")
    for title in ("question", "shown", "median ms", "p95 ms"):
        table.add_column(title)
    for name, its in figures["questions"].items():
        table.add_row(name, str(its["shown"]), str(its["median_ms"]), str(its["p95_ms"]))
    console.print(table)


def check(figures: dict[str, Any]) -> list[Kept]:
    slowest = max(
        its["p95_ms"] for name, its in figures["questions"].items() if not name.endswith(tuple(PEERS))
    )
    return [Kept("search, p95", MOST_MS, slowest, slowest < MOST_MS, "ms")]
