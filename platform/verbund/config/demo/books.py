# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The books of the demo's association: what the last full month is billed from. All amounts are examples."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction

from billing.costs.advances import plan_advances
from billing.costs.booking import enter_cost
from billing.costs.memberships import add_membership
from billing.costs.models import Service
from billing.costs.structure import add_cost_centre, add_service
from billing.costs.versions import add_key_version, add_price_version, add_regime_version
from billing.population import read_population
from tenants.models import Tenant
from verbund.config.demo.choice import chosen_slugs, rows
from verbund.kernel import context
from verbund.kernel.actors import SYSTEM
from verbund.metering import ledger, rollup
from verbund.metering.ledger import Batch, Count
from verbund.metering.periods import Period, period_of

_SOURCE = "Beispiel der Demo"
_COUNTED = date(2022, 12, 31)
_CENSUS = "Zensus 2011"
_INHABITANTS = {"kind": "inhabitants", "reference_date": _COUNTED.isoformat(), "census": _CENSUS}
_KEYS: dict[str, tuple[str, dict[str, Any]]] = {
    "einwohner": ("Einwohner", {"parts": [{"basis": _INHABITANTS}], "limits": {"least_cents": 5_000}}),
    "nutzung": (
        "60 % Einwohner, 40 % Nutzung",
        {
            "parts": [
                {"basis": _INHABITANTS, "weight": "0.6"},
                {"basis": {"kind": "usage", "meter": "http.requests"}, "weight": "0.4"},
            ]
        },
    ),
}
# Code, title, regime, and the prices of those that have some.
_SERVICES = (
    ("umlage", "Verbandsumlage", "LEVY", None),
    ("betrieb", "Gemeinsamer Betrieb", "CSG", None),
    (
        "meldungen",
        "Mängelmelder",
        "PUB",
        {
            "base_fee": "25",
            "charges": [
                {
                    "meter": "defects.reports",
                    "included": 20,
                    "tiers": [{"price": "0.40", "up_to": 100}, {"price": "0.25"}],
                }
            ],
        },
    ),
    (
        "beratung",
        "Beratung",
        "STD",
        {"charges": [{"meter": "advisory.minutes", "per": 480, "tiers": [{"price": "780"}]}]},
    ),
)
_CENTRES = (
    ("geschaeftsstelle", "Geschäftsstelle", "umlage", "einwohner", 4_182_517),
    ("rechenzentrum", "Rechenzentrum", "betrieb", "nutzung", 2_734_090),
)
_LEVY_OF_A_MONTH = 4_000_000


def make_books(*, at: datetime, today: date) -> None:
    """Members, counters, keys, prices and costs of the last full month, unless there are books already."""
    month = period_of(today).previous
    with context.enter_association():
        if Service.objects.exists():
            return
        members = list(Tenant.objects.filter(slug__in=chosen_slugs()).order_by("number"))
    inhabitants = {row["slug"]: int(row["inhabitants"]) for row in rows("municipalities.csv")}
    ledger.receive([_used(members, inhabitants, month)])
    rollup.roll_up()
    with context.enter_association(), transaction.atomic():
        _enter(members, inhabitants, month, at)


def _enter(members: list[Tenant], inhabitants: dict[str, int], month: Period, at: datetime) -> None:
    since = date(month.year, 1, 1)
    read_population(
        content=_population(),
        reference_date=_COUNTED,
        census=_CENSUS,
        source="GV100AD, Stand 30.11.2023, © Statistisches Bundesamt (Destatis), 2023",
        by=SYSTEM,
        at=at,
    )
    for tenant in members:
        add_membership(tenant=tenant, first=since, source=_SOURCE, by=SYSTEM, at=at)
    for key, (name, definition) in _KEYS.items():
        add_key_version(
            key=key, name=name, valid_from=since, source=_SOURCE, definition=definition, by=SYSTEM, at=at
        )
    services = {}
    for code, title, regime, prices in _SERVICES:
        service = services[code] = add_service(code=code, title=title, by=SYSTEM, at=at)
        add_regime_version(service=service, valid_from=since, regime=regime, source=_SOURCE, by=SYSTEM, at=at)
        if prices is not None:
            add_price_version(
                service=service, valid_from=since, source=_SOURCE, definition=prices, by=SYSTEM, at=at
            )
    for code, title, service_code, key, cents in _CENTRES:
        centre = add_cost_centre(
            code=code, title=title, service=services[service_code], key=key, by=SYSTEM, at=at
        )
        enter_cost(centre=centre, month=month.first, cents=cents, source=_SOURCE, by=SYSTEM, at=at)
    due = [date(month.year, number, 15) for number in range(month.month, 13)]
    whole = sum(inhabitants[tenant.slug] for tenant in members)
    plan_advances(
        service=services["umlage"],
        planned={
            tenant.number: _LEVY_OF_A_MONTH * len(due) * inhabitants[tenant.slug] // whole
            for tenant in members
        },
        due=due,
        source=_SOURCE,
        by=SYSTEM,
        at=at,
    )


def _used(members: Iterable[Tenant], inhabitants: dict[str, int], month: Period) -> Batch:
    """What was used on each day: by inhabitants, with a difference that is the same at every start."""
    counts = tuple(
        Count(
            tenant=tenant.number,
            meter=meter,
            hour=datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
            quantity=quantity,
            n=1,
        )
        for tenant in members
        for day in month.days()
        for meter, quantity in _of_day(tenant.slug, inhabitants[tenant.slug], day)
        if quantity
    )
    return Batch(
        producer="demo.books",
        seq=month.year * 100 + month.month,
        sha256=hashlib.sha256(repr(counts).encode()).digest(),
        counts=counts,
    )


def _of_day(slug: str, inhabitants: int, day: date) -> Iterable[tuple[str, int]]:
    chance = int.from_bytes(hashlib.sha256(f"{slug} {day}".encode()).digest()[:4])
    size = inhabitants // 100
    yield "http.requests", size * 4 + chance % (size * 3 + 1)
    yield "defects.reports", (size * (chance % 7)) // 150
    yield "mail.sent", size // 2 + chance % 11
    yield "advisory.minutes", 240 if day.day == len(slug) % 28 + 1 else 0


def _population() -> bytes:
    lines = [f"{row['ars']};{row['name']};{row['inhabitants']}" for row in rows("bodies.csv")]
    return "\r\n".join(("ARS;Gemeinde;Einwohner", *lines, "")).encode()
