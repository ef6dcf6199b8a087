# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Part (e): a million costs shared by largest remainder and, beside it, by rounding each share; and a month of 37 members."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.server import Server
from bench.targets import Kept
from billing.allocation import keys
from billing.allocation.limits import Bounds, bounded_parts
from billing.allocation.material import (
    Booking,
    CostCentre,
    Figure,
    Material,
    Membership,
    Posting,
    Reading,
    Snapshot,
)
from billing.allocation.prices import Charge, PriceVersion, Tier
from billing.allocation.remainder import split
from billing.allocation.run import calculate
from billing.allocation.spans import Period, Span

CASES, MEMBERS, SEED = 1_000_000, 37, 20261128
MONTH_S = 1.0
METERS = [f"meter.{number:02d}" for number in range(12)]
Tell = Callable[[str], None]


def measure(
    _server: Server | None = None, *, cases: int = CASES, turns: int = 5, tell: Tell = lambda _line: None
) -> dict[str, Any]:
    """Needs no server: the engine is arithmetic."""
    tell(f"allocation: {cases} costs")
    return {
        "cases": cases,
        "seed": SEED,
        "splits": _splits(cases),
        "limited": _limited(cases // 10),
        "month": _month(turns),
    }


def _costs(cases: int) -> Any:
    """Two to 37 members of very different weight, some of them zero; every eighth cost is a credit."""
    chance = random.Random(SEED)  # noqa: S311 (the same cases every time)
    names = [f"12{number:010d}" for number in range(MEMBERS)]
    for _case in range(cases):
        members = names[: chance.randint(2, MEMBERS)]
        top = 10 ** chance.randint(1, 9)
        weights = {name: chance.randrange(top) for name in members}
        weights[members[0]] += 1
        yield chance.randrange(10 ** chance.randint(2, 10)) * (-1 if chance.random() < 1 / 8 else 1), weights


def _splits(cases: int) -> dict[str, Any]:
    ours_s = naive_s = 0.0
    wrong = furthest = naive_wrong = naive_furthest = 0
    for total, weights in _costs(cases):
        started = time.perf_counter()
        shares = split(total, weights)
        between = time.perf_counter()
        naive = _naive(total, weights)
        naive_s += time.perf_counter() - between
        ours_s += between - started
        whole = sum(weights.values())
        # In cents times the whole, so that nothing is rounded while it is checked.
        off = max(abs(shares[name] * whole - total * weight) for name, weight in weights.items())
        wrong += sum(shares.values()) != total or off >= whole
        furthest = max(furthest, off * 1_000_000 // whole)
        missed = abs(sum(naive.values()) - total)
        naive_wrong += missed != 0
        naive_furthest = max(naive_furthest, missed)
    return {
        "ours": {
            "missed": wrong,
            "furthest_share_cents": furthest / 1_000_000,
            "us_each": round(ours_s / cases * 1e6, 1),
        },
        "naive": {
            "missed": naive_wrong,
            "missed_percent": round(100 * naive_wrong / cases, 1),
            "furthest_total_cents": naive_furthest,
            "us_each": round(naive_s / cases * 1e6, 1),
        },
    }


def _naive(total: int, weights: dict[str, int]) -> dict[str, int]:
    """As it is usually written: each share rounded by itself, half away from zero."""
    whole = sum(weights.values())
    sign, size = (-1 if total < 0 else 1), abs(total)
    return {name: sign * ((2 * size * weight + whole) // (2 * whole)) for name, weight in weights.items()}


def _limited(cases: int) -> dict[str, Any]:
    """The same costs with minimums and caps that leave a solution."""
    chance = random.Random(SEED)  # noqa: S311 (the same cases every time)
    wrong, spent = 0, 0.0
    for total, weights in _costs(cases):
        size, sharing = abs(total), [name for name, weight in weights.items() if weight]
        low = size // (2 * len(sharing))
        high = size // len(sharing) + 1
        bounds = {
            name: Bounds(least=chance.randint(0, low), most=high + chance.randrange(size + 1))
            for name in weights
        }
        started = time.perf_counter()
        found = bounded_parts(total, weights, bounds)
        spent += time.perf_counter() - started
        wrong += sum(item.part.cents for item in found.values()) != total or any(
            not bounds[name].least <= abs(found[name].part.cents) <= (bounds[name].most or 0)
            for name in sharing
        )
    return {"cases": cases, "missed": wrong, "us_each": round(spent / cases * 1e6, 1)}


def _month(turns: int) -> dict[str, Any]:
    """What a month of all members takes: four cost centres, three services, twelve meters with a figure a day."""
    material = _material()
    times, sizes = [], set()
    for _turn in range(turns):
        started = time.perf_counter()
        run = calculate(material)
        calculated = time.perf_counter()
        record = run.record()
        times.append((calculated - started, time.perf_counter() - started))
        sizes.add(record)
    return {
        "members": MEMBERS,
        "readings": len(material.readings),
        "shares": len(run.shares),
        "charges": len(run.charges),
        "calculated_s": round(median(first for first, _both in times), 3),
        "recorded_s": round(median(both for _first, both in times), 3),
        "record_bytes": len(record),
        "different_records": len(sizes),
    }


def _material() -> Material:
    chance = random.Random(SEED)  # noqa: S311 (the same month every time)
    names = [f"12{number:010d}" for number in range(MEMBERS)]
    first, as_of = date(2026, 10, 1), date(2024, 12, 31)
    inhabitants = keys.Inhabitants(reference_date=as_of, census="Zensus 2022")
    bases: list[tuple[keys.Basis, ...]] = [
        (inhabitants,),
        (keys.EqualShare(),),
        (keys.Usage(meter=METERS[0]),),
        (inhabitants, keys.Usage(meter=METERS[1]), keys.EqualShare()),
    ]
    since = Span(first=date(2020, 1, 1))
    return Material(
        period=Period(first=first, last=date(2026, 10, 31)),
        memberships=tuple(Membership(member=name, name=name, spans=(since,)) for name in names),
        cost_centres=tuple(
            CostCentre(code=f"c{number}", name=f"c{number}", key=f"k{number}") for number in range(len(bases))
        ),
        postings=tuple(
            Posting(cost_centre=f"c{number}", cents=chance.randrange(10**8), source="bench")
            for number in range(len(bases))
        ),
        keys=tuple(
            keys.KeyVersion(
                key=f"k{number}",
                name=f"k{number}",
                version=1,
                valid_from=date(2026, 1, 1),
                source="bench",
                parts=tuple(keys.KeyPart(basis=basis) for basis in chosen),
                limits=keys.Limits(most_share=Decimal("0.2")),
            )
            for number, chosen in enumerate(bases)
        ),
        snapshots=(
            Snapshot(
                series=keys.INHABITANTS,
                reference_date=as_of,
                census="Zensus 2022",
                source="bench",
                figures=tuple(Figure(member=name, value=chance.randint(2_000, 60_000)) for name in names),
            ),
        ),
        readings=tuple(
            Reading(
                member=name,
                meter=meter,
                day=first + timedelta(days=day),
                quantity=chance.randint(500, 50_000),
            )
            for name in names
            for meter in METERS
            for day in range(31)
        ),
        bookings=tuple(Booking(member=name, module="module", span=since) for name in names),
        prices=tuple(
            PriceVersion(
                service=f"s{number}",
                name=f"s{number}",
                version=1,
                valid_from=date(2026, 1, 1),
                source="bench",
                module="module",
                base_fee=Decimal("120.00"),
                charges=tuple(
                    Charge(
                        meter=meter,
                        included=10_000,
                        tiers=(Tier(price=Decimal("0.002"), up_to=100_000), Tier(price=Decimal("0.001"))),
                    )
                    for meter in METERS[number * 4 : number * 4 + 4]
                ),
            )
            for number in range(3)
        ),
    )


def show(console: Console, figures: dict[str, Any]) -> None:
    table = Table(title=f"{figures['cases']} costs shared")
    for title in ("way", "sum missed", "%", "furthest, cents", "µs each"):
        table.add_column(title)
    ours, naive = figures["splits"]["ours"], figures["splits"]["naive"]
    table.add_row(
        "ours",
        str(ours["missed"]),
        "0" if not ours["missed"] else "!",
        str(ours["furthest_share_cents"]),
        str(ours["us_each"]),
    )
    table.add_row(
        "each rounded",
        str(naive["missed"]),
        str(naive["missed_percent"]),
        str(naive["furthest_total_cents"]),
        str(naive["us_each"]),
    )
    limited = figures["limited"]
    table.add_row(
        f"ours, limits ({limited['cases']})", str(limited["missed"]), "", "", str(limited["us_each"])
    )
    console.print(table)
    month = figures["month"]
    console.print(
        f"A month of {month['members']} members, {month['readings']} readings: calculated in {month['calculated_s']} s, "
        f"with its record ({month['record_bytes']} bytes) {month['recorded_s']} s."
    )


def check(figures: dict[str, Any]) -> list[Kept]:
    missed = figures["splits"]["ours"]["missed"] + figures["limited"]["missed"]
    month = figures["month"]
    return [
        Kept("costs shared wrongly", 0, missed, missed == 0, "cases"),
        Kept(
            "a month of 37 members with its record",
            MONTH_S,
            month["recorded_s"],
            month["recorded_s"] < MONTH_S and month["different_records"] == 1,
            "s",
        ),
    ]


def main() -> None:
    """`python -m bench.allocation`: this part alone, without a server."""
    console = Console()
    figures = measure(tell=console.print)
    show(console, figures)
    for kept in check(figures):
        console.print(kept.as_json())


if __name__ == "__main__":
    main()
