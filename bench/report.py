# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The figures as tables for people and as JSON for the repository."""

from __future__ import annotations

import json
import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.figures import Samples
from bench.requests import VARIANTS
from bench.targets import Kept, factor

RESULTS = Path(__file__).with_name("results.json")
LABELS = {
    "no_query": "no query",
    "one_query": "1 query",
    "signed_in": "signed-in page (session + account + 1 query)",
    "ten_queries": "10 queries",
    "one_write": "one write",
}
MODES = {
    "as_deployed": "as deployed (persistent connections with health checks, in every stack)",
    "without_health_checks": "without health checks",
}
PACKAGES = ("Django", "django-tenants", "psycopg")


def machine(postgresql: str) -> dict[str, Any]:
    """What the figures depend on, without anything that names the machine."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "cpus": os.cpu_count(),
        "load_before": load(),
        "python": platform.python_version(),
        "postgresql": postgresql,
        **{name: version(name) for name in PACKAGES},
    }


def load() -> list[float]:
    """How busy the machine was in the last 1, 5 and 15 minutes."""
    return [round(average, 1) for average in os.getloadavg()]


def requests_json(times: dict[str, dict[str, Samples]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for case, variants in times.items():
        base = variants["plain"]
        found[case] = {
            name: {
                "p10_ms": round(samples.p10, 3),
                "median_ms": round(samples.median, 3),
                "p10_ratio": round(samples.p10 / base.p10, 3),
                "median_ratio": round(samples.median / base.median, 3),
                "paired_ratio": round(samples.paired_with(base), 3),
            }
            for name, samples in variants.items()
        }
    return found


def onboarding_json(times: dict[int, dict[str, Samples]], relations: dict[str, int]) -> dict[str, Any]:
    return {
        "relations_per_schema": relations,
        "schemas": {
            str(size): {
                **{
                    way: {
                        "median_s": round(samples.median, 3),
                        "best_s": round(min(samples.all), 3),
                        "seconds": [round(time, 3) for time in samples.all],
                    }
                    for way, samples in ways.items()
                },
                "faster_than_stock": round(factor(ways, "stock"), 1),
                "faster_than_stock_same": round(factor(ways, "stock_same"), 1),
                "spare_faster_than_stock": round(factor(ways, "stock", "ours_spare"), 1),
                "spare_faster_than_stock_same": round(factor(ways, "stock_same", "ours_spare"), 1),
            }
            for size, ways in times.items()
        },
    }


def show_requests(console: Console, mode: str, times: dict[str, dict[str, Samples]]) -> None:
    table = Table(title=f"Request cost, {MODES[mode]}: p10 in ms, × plain Django (× by medians)")
    table.add_column("case")
    for variant in VARIANTS:
        table.add_column(variant.label, justify="right")
    for case, variants in times.items():
        base = variants["plain"]
        table.add_row(
            LABELS[case],
            *(
                f"{base.p10:.3f}"
                if variant.name == "plain"
                else f"{(samples := variants[variant.name]).p10:.3f}  [bold]{samples.p10 / base.p10:.2f} ×[/]"
                f"  ({samples.median / base.median:.2f})"
                for variant in VARIANTS
            ),
        )
    console.print(table)


def show_onboarding(
    console: Console, times: dict[int, dict[str, Samples]], relations: dict[str, int]
) -> None:
    table = Table(
        title="Database step of one new tenant, median in s (how many times faster ours is: replay / spare)"
    )
    for title, way in (
        ("schemas", ""),
        ("Verbund, replay", "ours"),
        ("Verbund, from a spare (making one)", "ours"),
        ("django-tenants auto_create_schema", "stock"),
        ("the same, our structure only", "stock_same"),
    ):
        table.add_column(f"{title}\n{relations[way]} relations" if way else title, justify="right")
    for size, ways in times.items():
        table.add_row(
            str(size),
            f"{ways['ours'].median:.3f}",
            f"{ways['ours_spare'].median:.4f} ({ways['refill'].median:.3f})",
            *(
                f"{ways[way].median:.2f}  [bold]{factor(ways, way):.1f} / {factor(ways, way, 'ours_spare'):.0f} ×[/]"
                for way in ("stock", "stock_same")
            ),
        )
    console.print(table)


def show_migration(console: Console, figures: dict[str, Any]) -> None:
    table = Table(title=f"An additive release at {figures['schemas']} schemas")
    table.add_column("what")
    table.add_column("measured", justify="right")
    for title, value in (
        ("one schema by replay", f"{figures['per_schema_ms']} ms"),
        ("one schema by Django's migrate", f"{figures['django_per_schema_ms']} ms"),
        (f"all {figures['schemas']}, with template and rendering", f"{figures['total_s']} s"),
        ("1,000, extrapolated", f"{figures['thousand_s']} s"),
        ("nothing to do", f"{figures['nothing_to_do_s']} s"),
    ):
        table.add_row(title, value)
    console.print(table)


def show_targets(console: Console, kept: list[Kept]) -> None:
    table = Table(title="Targets")
    for title in ("what", "wanted", "measured", ""):
        table.add_column(title)
    for item in kept:
        table.add_row(
            item.name,
            f"{item.wanted:g} {item.unit}",
            f"{item.measured:.2f} {item.unit}",
            "[green]kept[/]" if item.is_kept else "[red]missed[/]",
        )
    console.print(table)


def write(path: Path, figures: dict[str, Any]) -> None:
    path.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def write_part(path: Path, figures: dict[str, Any]) -> None:
    """Put one part's figures and targets among those of the last whole run; when and beside what stands with them.

    A part's targets replace those of the same names.
    """
    whole = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    about = {name: value for name, value in figures.items() if not isinstance(value, dict | list)}
    of_run = {**about, "load_before": figures["load_before"], "load_after": figures["load_after"]}
    for name, value in figures.items():
        if isinstance(value, dict):
            whole[name] = {**value, "run": of_run}
    names = {item["name"] for item in figures["targets"]}
    kept = [item for item in whole.get("targets", []) if item["name"] not in names]
    write(path, {**whole, "targets": [*kept, *figures["targets"]]})
