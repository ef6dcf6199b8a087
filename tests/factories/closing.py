# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A month that can be billed: two members, two cost centres with keys, one service with prices, real counters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from billing.closing.approving import approve_period, close_period, mark_issued
from billing.closing.calculating import calculate_period
from billing.costs.booking import enter_cost
from billing.costs.memberships import add_membership
from billing.costs.models import CostCentre, Membership, Service
from billing.costs.structure import add_cost_centre, add_service
from billing.costs.versions import add_key_version, add_price_version, add_regime_version
from tenants.models import Tenant
from tests.factories.accounts import make_person
from tests.factories.metering import use
from verbund.accounts.api import actor_for
from verbund.kernel.actors import SYSTEM, Actor
from verbund.kernel.context import Municipality
from verbund.metering.models import UsageLate
from verbund.metering.periods import Period

OCTOBER = Period(2026, 10)
NOVEMBER = Period(2026, 11)
FIRST = date(2026, 1, 1)
TODAY = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
NOON = datetime(2026, 10, 12, 10, tzinfo=UTC)
EQUAL = {"parts": [{"basis": {"kind": "equal"}}]}
MIXED = {
    "parts": [
        {"basis": {"kind": "equal"}, "weight": "0.6"},
        {"basis": {"kind": "usage", "meter": "http.requests"}, "weight": "0.4"},
    ]
}
PRICES = {
    "base_fee": "20",
    "charges": [{"meter": "mail.sent", "included": 100, "per": 100, "tiers": [{"price": "1.50"}]}],
}


@dataclass(frozen=True, kw_only=True)
class Books:
    """What was entered, by the platform itself unless ``by`` was given."""

    levy: Service
    mails: Service
    centre: CostCentre
    mixed: CostCentre
    members: tuple[Tenant, ...]


def finance() -> Actor:
    """Another person of the finance department each time."""
    return actor_for(make_person("finance"))


def make_books(*members: Municipality, by: Actor = SYSTEM, period: Period = OCTOBER) -> Books:
    """Everything a month needs; the association is entered, and other members are none."""
    Tenant.objects.exclude(number__in=[member.number for member in members]).update(activated_at=None)
    rows = tuple(Tenant.objects.filter(number__in=[member.number for member in members]).order_by("number"))
    for tenant in rows:
        if not Membership.objects.filter(tenant=tenant).exists():
            add_membership(tenant=tenant, first=FIRST, source="Satzung", by=SYSTEM, at=AT)
    levy = add_service(code="umlage", title="Verbandsumlage", by=by, at=AT)
    mails = add_service(code="post", title="Mailversand", by=by, at=AT)
    for service, regime in ((levy, "LEVY"), (mails, "STD")):
        add_regime_version(service=service, valid_from=FIRST, regime=regime, source="Beratung", by=by, at=AT)
    for code, definition in (("kopf", EQUAL), ("misch", MIXED)):
        add_key_version(
            key=code,
            name=code.title(),
            valid_from=FIRST,
            source="Beschluss 1",
            definition=definition,
            by=by,
            at=AT,
        )
    add_price_version(service=mails, valid_from=FIRST, source="Preisblatt", definition=PRICES, by=by, at=AT)
    centre = add_cost_centre(code="rz", title="Rechenzentrum", service=levy, key="kopf", by=by, at=AT)
    mixed = add_cost_centre(code="netz", title="Netz", service=levy, key="misch", by=by, at=AT)
    book(centre, mixed, period=period, by=by)
    for tenant, requests, mail in zip(rows, (300, 100, 50), (150, 400, 0), strict=False):
        use(tenant.number, "http.requests", requests, NOON.replace(month=period.month))
        if mail:
            use(tenant.number, "mail.sent", mail, NOON.replace(month=period.month))
    return Books(levy=levy, mails=mails, centre=centre, mixed=mixed, members=rows)


def book(centre: CostCentre, mixed: CostCentre, *, period: Period, by: Actor = SYSTEM) -> None:
    """1,000.01 and 500.00 euros."""
    enter_cost(centre=centre, month=period.first, cents=100_001, source="Beleg 1", by=by, at=AT)
    enter_cost(centre=mixed, month=period.first, cents=50_000, source="Beleg 2", by=by, at=AT)


def calculated(period: Period = OCTOBER, *, by: Actor = SYSTEM, today: date = TODAY):
    return calculate_period(period=period, by=by, at=AT, today=today)


def close(period: Period = OCTOBER, *, today: date = TODAY) -> None:
    """The whole way of a month, with two persons."""
    calculated(period, today=today)
    second = finance()
    approve_period(period=period, by=second, at=AT, today=today)
    mark_issued(period=period, by=second, at=AT)
    close_period(period=period, by=second, at=AT, today=today)


def make_late(tenant: Tenant, *, quantity: int, meter: str = "mail.sent", hour: datetime = NOON) -> None:
    """Something that arrived after its day was sealed, as the ledger keeps it."""
    UsageLate.objects.create(
        producer="late", seq=UsageLate.objects.count(), tenant=tenant.number, hour=hour, meter=meter,
        dimension_hash=0, quantity=quantity, n=1,
    )  # fmt: skip
