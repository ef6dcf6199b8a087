# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Part (c): how long an additive release takes for many members, against Django's migrate in one after another."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from bench.children import Child
from bench.server import Server
from tests.harness.releases import next_release

ADDITIVE = """
    operations = [migrations.AddField("address", "checked_on", models.DateField(null=True))]
"""
BY_DJANGO = 5
Tell = Callable[[str], None]


def measure(server: Server, *, schemas: int, tell: Tell = lambda _line: None) -> dict[str, Any]:
    """Seconds of the whole run and milliseconds for each schema; the first few are moved by Django to compare."""
    database = server.database("migration", for_ours=True)
    server.members.add("zz_template_municipality")
    now = Child("bench.migrating", server.environment("verbund.config.settings.test", database, "cli"))
    try:
        tell(f"migration: fill to {schemas} schemas")
        members = now.tell(do="fill", upto=schemas)["made"]
        server.members.update(members)
    finally:
        now.end()
    with tempfile.TemporaryDirectory() as folder:
        environment = server.environment("verbund.config.settings.test", database, "cli")
        release = next_release(Path(folder), ADDITIVE)
        release["PYTHONPATH"] = f"{folder}:{environment['PYTHONPATH']}"
        after = Child("bench.migrating", environment | release)
        try:
            tell("migration: a few by Django")
            slow = [after.tell(do="django", key=key)["seconds"] for key in members[:BY_DJANGO]]
            tell("migration: all by replay")
            moved = after.tell(do="migrate")
            nothing = after.tell(do="migrate")
        finally:
            after.end()
    assert moved["stayed"] == []
    replayed = moved["ways"].count("replay")
    each = moved["moving_seconds"] / replayed
    return {
        "schemas": schemas,
        "replayed": replayed,
        "total_s": round(moved["seconds"], 3),
        "moving_s": round(moved["moving_seconds"], 3),
        "per_schema_ms": round(each * 1000, 2),
        "thousand_s": round(moved["seconds"] - moved["moving_seconds"] + each * 1000, 2),
        "django_per_schema_ms": round(median(slow) * 1000, 1),
        "nothing_to_do_s": round(nothing["seconds"], 3),
    }
