# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Our process of part (c), with the owner's login: members in the registry, and what moves them to the next release."""

from __future__ import annotations

import time
from typing import Any

import django

from bench.orders import serve
from bench.prepare import FIRST_NUMBER


def main() -> None:
    django.setup()
    from tenants.models import Tenant  # noqa: PLC0415 (after setup)
    from tenants.schema_engine.migrations import fingerprint, migrate_all, migrate_schema  # noqa: PLC0415
    from verbund.kernel import context  # noqa: PLC0415
    from verbund.kernel.context import municipality_key  # noqa: PLC0415

    def carry_out(order: dict[str, Any]) -> dict[str, Any]:
        begin = time.perf_counter()
        if order["do"] == "fill":
            migrate_all()
            return {"made": [member(municipality_key, number) for number in range(order["upto"])]}
        if order["do"] == "django":
            migrate_schema(order["key"])
            seconds = time.perf_counter() - begin
            with context.enter_association():
                Tenant.objects.filter(schema_name=order["key"]).update(schema_fingerprint=fingerprint())
            return {"seconds": seconds}
        outcome = migrate_all()
        return {
            "seconds": outcome.seconds,
            "moving_seconds": outcome.moving_seconds,
            "ways": [member.way for member in outcome.members],
            "stayed": outcome.stayed,
        }

    serve(carry_out)


def member(key_of: Any, number: int) -> str:
    from django.utils import timezone  # noqa: PLC0415 (after setup)

    from tenants.models import Tenant  # noqa: PLC0415
    from tenants.schema_engine import replay  # noqa: PLC0415
    from tenants.states import State  # noqa: PLC0415
    from verbund.kernel import context  # noqa: PLC0415

    place = FIRST_NUMBER + 5000 + number
    key = str(key_of(place))
    with context.enter_association():
        Tenant.objects.create(
            number=place,
            schema_name=key,
            slug=f"m{place}",
            name=key,
            sort_key=key,
            kind="gemeinde",
            state=State.ACTIVE,
            requested_at=timezone.now(),
        )
    replay.create(place, key)
    return key


if __name__ == "__main__":
    main()
