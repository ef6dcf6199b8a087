# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The process that is asked for kills: one municipality, and what forks itself to count in it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import django

from bench.migrating import member
from bench.orders import serve
from bench.server import WORK


def main() -> None:
    django.setup()
    from bench.killing import Killing  # noqa: PLC0415 (after setup)
    from tenants.schema_engine.migrations import migrate_all  # noqa: PLC0415
    from verbund.kernel.context import municipality_key  # noqa: PLC0415

    town: dict[str, Killing] = {}
    WORK.mkdir(exist_ok=True)
    # Beside the database, on its disk.
    folder = tempfile.TemporaryDirectory(dir=WORK)

    def carry_out(order: dict[str, Any]) -> dict[str, Any]:
        match order["do"]:
            case "start":
                migrate_all()
                key = member(municipality_key, 0)
                town["killing"] = Killing(key, Path(folder.name), order["seed"])
                return {"made": [key]}
            case "kill":
                return town["killing"].kill(order["number"])
            case _:
                return town["killing"].result()

    with folder:
        serve(carry_out)


if __name__ == "__main__":
    main()
