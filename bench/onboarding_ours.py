# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Our process of part (b), with the owner's login: makes municipalities by replaying the real template."""

from __future__ import annotations

import time
from typing import Any

import django

from bench.orders import serve
from bench.prepare import FIRST_NUMBER


def main() -> None:
    django.setup()
    from tenants.schema_engine import replay, spares  # noqa: PLC0415 (after setup)
    from tenants.schema_engine.migrations import migrate_all  # noqa: PLC0415
    from verbund.kernel.context import municipality_key  # noqa: PLC0415

    migrate_all()
    count = 0

    def create() -> str:
        nonlocal count
        count += 1
        number = FIRST_NUMBER + 1000 + count
        key = municipality_key(number)
        replay.create(number, key)
        return key

    def carry_out(order: dict[str, Any]) -> dict[str, Any]:
        if order["do"] == "fill":
            return {"made": [create() for _missing in range(count, order["upto"])]}
        begin = time.perf_counter()
        made = spares.refill(int(order["do"] == "create_from_spare"))
        ready = time.perf_counter()
        key = create()
        done = time.perf_counter()
        assert made == int(order["do"] == "create_from_spare")
        return {"seconds": done - ready, "refill_seconds": ready - begin, "made": [key]}

    serve(carry_out)


if __name__ == "__main__":
    main()
