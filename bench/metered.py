# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Our process of the metering part: one order at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django

from bench.migrating import member
from bench.orders import serve


def main() -> None:
    django.setup()
    from bench import counting, long_ledger, month_run  # noqa: PLC0415 (after setup)
    from tenants.schema_engine.migrations import migrate_all  # noqa: PLC0415
    from verbund.kernel.context import municipality_key  # noqa: PLC0415

    clients: dict[str, Any] = {}

    def members(order: dict[str, Any]) -> dict[str, Any]:
        migrate_all()
        return {"made": [member(municipality_key, place) for place in range(order["number"])]}

    def page(order: dict[str, Any]) -> dict[str, Any]:
        key = order["key"]
        client = clients.get(key) or clients.setdefault(key, long_ledger.open_pages(key))
        return {"milliseconds": long_ledger.ask(client, order["page"], order["repeats"])}

    orders: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
        "members": members,
        "month": lambda _order: month_run.month_run(),
        "count": lambda order: counting.events_in(order["seconds"]),
        "request": lambda order: counting.added_to_a_request(order["number"], order["key"]),
        "fill": lambda _order: long_ledger.fill(),
        "verify": lambda _order: long_ledger.verify_once(),
        "page": page,
    }
    serve(lambda order: orders[order["do"]](order))


if __name__ == "__main__":
    main()
