# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Part (a): what a request costs, with the stacks taking turns so that the machine's noise hits all alike."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bench.children import Child, run_once
from bench.figures import Samples
from bench.server import Server
from bench.serving import CASES

TENANTS = 4
WARM_UP = 25


@dataclass(frozen=True)
class Variant:
    """One column of the table: a stack, and whether the municipality changes at each request."""

    name: str
    label: str
    stack: str
    alternating: bool


VARIANTS = (
    Variant("plain", "plain Django", "plain", alternating=True),
    Variant("stock", "django-tenants", "stock", alternating=True),
    Variant("stock_limited", "django-tenants, limited SETs", "stock_limited", alternating=True),
    Variant("ours_alternating", "Verbund, alternating", "ours", alternating=True),
    Variant("ours_same", "Verbund, same tenant", "ours", alternating=False),
)
STACKS = ("plain", "stock", "stock_limited", "ours")
Visits = list[dict[str, str]]
Tell = Callable[[str], None]


def prepare(server: Server, tenants: int = TENANTS) -> dict[str, tuple[str, Visits]]:
    """Make the stacks' databases; both stock stacks share one."""
    prepared = {}
    for stack in ("plain", "stock", "ours"):
        database = server.database(stack, for_ours=stack == "ours")
        environment = server.environment(f"bench.stacks.{stack}", database, "cli")
        visits: Visits = json.loads(run_once("bench.prepare", environment, str(tenants)))
        prepared[stack] = (database, visits)
        if stack == "ours":
            server.members.update(visit["owner"] for visit in visits)
    prepared["stock_limited"] = prepared["stock"]
    return prepared


def measure(
    server: Server,
    prepared: dict[str, tuple[str, Visits]],
    *,
    health_checks: bool,
    rounds: int,
    count: int,
    warm_up: int = WARM_UP,
    tell: Tell = lambda _line: None,
) -> dict[str, dict[str, Samples]]:
    """Milliseconds of every request by case and variant, in rounds of ``count`` requests."""
    times = {case: {variant.name: Samples() for variant in VARIANTS} for case in CASES}
    with _children(server, prepared, health_checks=health_checks) as children:
        for variant in VARIANTS:
            for case in CASES:
                children[variant.stack].tell(**_order(prepared, variant, case, warm_up))
        for turn in range(rounds):
            tell(f"round {turn + 1} of {rounds}")
            for case in CASES:
                for place in range(len(VARIANTS)):
                    variant = VARIANTS[(place + turn) % len(VARIANTS)]
                    answer = children[variant.stack].tell(**_order(prepared, variant, case, count))
                    times[case][variant.name].add_round(answer["ms"])
    return times


def _order(
    prepared: dict[str, tuple[str, Visits]], variant: Variant, case: str, count: int
) -> dict[str, Any]:
    visits = prepared[variant.stack][1]
    return {"case": case, "visits": visits if variant.alternating else visits[:1], "count": count}


@contextmanager
def _children(
    server: Server, prepared: dict[str, tuple[str, Visits]], *, health_checks: bool
) -> Iterator[dict[str, Child]]:
    children: dict[str, Child] = {}
    try:
        for stack in STACKS:
            environment = server.environment(f"bench.stacks.{stack}", prepared[stack][0])
            environment["BENCH_HEALTH_CHECKS"] = str(int(health_checks))
            children[stack] = Child("bench.serving", environment)
        yield children
    finally:
        for child in children.values():
            child.end()
