# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the platform promises, and whether a run has kept it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bench.figures import Samples

# (case, variant) -> at most this many times plain Django, of the 10th percentiles
REQUESTS = {
    ("signed_in", "ours_alternating"): 1.20,
    ("ten_queries", "ours_alternating"): 1.05,
    ("signed_in", "ours_same"): 1.00,
    ("ten_queries", "ours_same"): 1.00,
}
# schemas -> at least this many times faster than stock, of the medians, from a schema in reserve
ONBOARDING = {20: 9.0, 300: 15.0}
# at most, in seconds
MIGRATION = {"nothing_to_do_s": 1.0, "thousand_s": 10.0}
# At least the first two, at most the others.
METERING = {
    "times_single": 100.0,
    "per_second": 50_000.0,
    "request_p99_us": 50.0,
    "month_s": 30.0,
    "verify_s": 60.0,
    "page_ms": 150.0,
}


@dataclass(frozen=True)
class Kept:
    """One promise beside what was measured."""

    name: str
    wanted: float
    measured: float
    is_kept: bool
    unit: str = "×"

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "wanted": self.wanted,
            "measured": round(self.measured, 3),
            "unit": self.unit,
            "kept": self.is_kept,
        }


def check_requests(mode: str, times: dict[str, dict[str, Samples]]) -> list[Kept]:
    kept = []
    for (case, variant), most in REQUESTS.items():
        ratio = times[case][variant].p10 / times[case]["plain"].p10
        kept.append(Kept(f"requests, {mode}: {case}, {variant}", most, ratio, ratio <= most))
    return kept


def check_onboarding(times: dict[int, dict[str, Samples]]) -> list[Kept]:
    kept = []
    for size, least in ONBOARDING.items():
        if size in times:
            for way in ("stock", "stock_same"):
                found = factor(times[size], way, "ours_spare")
                kept.append(
                    Kept(f"time to stand at {size} schemas, against {way}", least, found, found >= least)
                )
    return kept


def check_migration(figures: dict[str, Any]) -> list[Kept]:
    names = {
        "nothing_to_do_s": "migrate, nothing to do",
        "thousand_s": "migrate, additive, 1,000 schemas (extrapolated)",
    }
    return [
        Kept(names[name], most, figures[name], figures[name] <= most, "s") for name, most in MIGRATION.items()
    ]


def factor(times: dict[str, Samples], way: str, ours: str = "ours") -> float:
    """How many times faster ours is than a way of stock."""
    return times[way].median / times[ours].median
