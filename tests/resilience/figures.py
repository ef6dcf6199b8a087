# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps what each fault showed and writes it into docs/operations/reliability.md."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = Path(__file__).with_name("results.json")
PAGE = ROOT / "docs" / "operations" / "reliability.md"
_ORDER = ("R1", "R2", "R3", "R4", "R5", "R13", "R14")

_HEAD = """\
<!-- SPDX-FileCopyrightText: 2026 Verbund contributors -->
<!-- SPDX-License-Identifier: EUPL-1.2 -->
# What the platform survives

Written by `make resilience` from what it measured; each run renews its own rows. Every line is a test in
[tests/resilience](../../tests/resilience) that really does it to a whole installation: web, workers, schedule, PostgreSQL, OpenBao and
Valkey as processes of their own. A number that misses its bar fails the run; what has no row here has not been measured with the
present code. Times are of the machine that ran it, with whatever else it had to do.

| bar | what happens | how it was tried | measured | date |
|---|---|---|---|---|
"""
_TAIL = """
## How to run it

`make resilience` needs root (small disks are mounted in memory) and takes about half an hour on a machine with two cores; the kills of R1 take nine minutes of it.
One file: `python -m pytest -p no:randomly tests/resilience/test_vault.py`. With `RESILIENCE_LOGS=folder` the logs of the installation
are kept. Long waits are shortened by settings, and the number used stands in the row.

## What is not tried

More than one host, a network that drops or delays packets, a full disk below PostgreSQL's tables, a disk that returns errors, a clock
that jumps.
"""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One row: the bar it belongs to, the fault, the way it was tried, what came out."""

    bar: str
    fault: str
    how: str
    measured: str
    on: str = ""


def keep(figure: Figure) -> None:
    """Print it and renew its row."""
    sys.stderr.write(f"\n{figure.bar} {figure.fault}: {figure.measured}\n")
    kept = [row for row in _read() if (row.bar, row.fault) != (figure.bar, figure.fault)]
    today = datetime.now(UTC).date().isoformat()
    rows = [*kept, Figure(**{**asdict(figure), "on": today})]
    rows.sort(key=lambda row: (_ORDER.index(row.bar), row.fault))
    KEPT.write_text(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1) + "\n")
    write()


def write() -> None:
    """The page anew, from what is kept."""
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"| {row.bar} | {row.fault} | {row.how} | {row.measured} | {row.on} |\n" for row in _read()]
    PAGE.write_text(_HEAD + "".join(lines) + _TAIL)


def _read() -> list[Figure]:
    return [Figure(**row) for row in json.loads(KEPT.read_text())] if KEPT.exists() else []


if __name__ == "__main__":
    write()
