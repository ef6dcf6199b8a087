# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing service of costs and of billing periods."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from billing.closing import adjusting, approving, calculating, late_deciding, monthly, periods
from billing.costs import advances, booking, cost_file, memberships, structure, versions
from tenants.models import Tenant
from tests.conformance.samples import Stage
from tests.factories.closing import (
    AT,
    EQUAL,
    FIRST,
    NOVEMBER,
    OCTOBER,
    PRICES,
    TODAY,
    Books,
    calculated,
    close,
    finance,
    make_books,
    make_late,
)
from verbund.kernel.actors import SYSTEM


def books(_stage: Stage) -> Books:
    return make_books(*Tenant.objects.filter(slug__in=["heideblick", "luckau"]))


def entered(
    function: Callable[..., Any], prepare: Callable[[Books], dict[str, Any]]
) -> Callable[[Stage], Any]:
    """A service of costs with what it is given, once the books are there."""
    return lambda stage: partial(function, **prepare(books(stage)), by=SYSTEM, at=AT)


def stepped(
    function: Callable[..., Any], *before: Callable[[], object], **given: Any
) -> Callable[[Stage], Any]:
    """A step of a month, after those it needs."""

    def prepare(stage: Stage) -> Any:
        books(stage)
        for step in before:
            step()
        return partial(function, **given, by=finance(), at=AT)

    return prepare


def approved() -> None:
    approving.approve_period(period=OCTOBER, by=finance(), at=AT, today=TODAY)


def issued() -> None:
    approving.mark_issued(period=OCTOBER, by=finance(), at=AT)


def corrected(function: Callable[..., Any], **names: str) -> Callable[[Stage], Any]:
    """A request for a correction of a closed month."""

    def prepare(stage: Stage) -> Any:
        found = books(stage)
        close()
        values = {"tenant": found.members[0], "centre": found.centre, "service": found.mails}
        given: dict[str, Any] = {name: values[name] for name in names}
        return partial(function, origin=OCTOBER, reason="Zählfehler", by=finance(), at=AT, **given)

    return prepare


def decided(function: Callable[..., Any]) -> Callable[[Stage], Any]:
    def prepare(stage: Stage) -> Any:
        asked = corrected(adjusting.correct_cost, centre="")(stage)(cents=100)
        return partial(function, adjustment_id=asked.pk, by=finance(), at=AT)

    return prepare


def late(function: Callable[..., Any], *, is_left_out: bool = False, **given: Any) -> Callable[[Stage], Any]:
    """Something of October that came after its approval."""

    def prepare(stage: Stage) -> Any:
        found = books(stage)
        calculated()
        approved()
        what = {"period": OCTOBER, "slug": found.members[0].slug, "meter": "mail.sent"}
        make_late(found.members[0], quantity=9)
        if is_left_out:
            late_deciding.leave_out_late(**what, quantity=9, reason="da", by=finance(), at=AT)
        return partial(function, **what, **given, by=finance(), at=AT)

    return prepare


def _after_the_end() -> date:
    """The day after the first membership was ended."""
    row = memberships.Membership.objects.order_by("tenant")[0]
    memberships.end_membership(membership_id=row.pk, last=date(2026, 12, 31), by=SYSTEM, at=AT)
    return date(2027, 1, 1)


def _ended(_books: Books) -> dict[str, Any]:
    structure.end_cost_centre(code="rz", last_month=NOVEMBER.first, by=SYSTEM, at=AT)
    return {"code": "rz"}


SOURCE = {"source": "Beschluss 2"}
SERVICES = {
    "billing.costs.structure.add_service": entered(
        structure.add_service, lambda _books: {"code": "neu", "title": "Neu"}
    ),
    "billing.costs.structure.add_cost_centre": entered(
        structure.add_cost_centre,
        lambda found: {"code": "neu", "title": "Neu", "service": found.levy, "key": "kopf"},
    ),
    "billing.costs.structure.end_cost_centre": entered(
        structure.end_cost_centre, lambda _books: {"code": "rz", "last_month": NOVEMBER.first}
    ),
    "billing.costs.structure.resume_cost_centre": entered(structure.resume_cost_centre, _ended),
    "billing.costs.cost_file.take_costs": entered(
        cost_file.take_costs,
        lambda _books: {
            "content": "Kostenstelle;Monat;Betrag;Beleg\nrz;2026-11;5,00;ER 1\n",
            "is_dry_run": False,
        },
    ),
    "billing.costs.versions.add_key_version": entered(
        versions.add_key_version,
        lambda _books: {"key": "kopf", "name": "Kopf", "valid_from": FIRST, "definition": EQUAL, **SOURCE},
    ),
    "billing.costs.versions.add_price_version": entered(
        versions.add_price_version,
        lambda found: {"service": found.mails, "valid_from": FIRST, "definition": PRICES, **SOURCE},
    ),
    "billing.costs.versions.add_regime_version": entered(
        versions.add_regime_version,
        lambda found: {"service": found.mails, "valid_from": FIRST, "regime": "CSG", **SOURCE},
    ),
    "billing.costs.booking.enter_cost": entered(
        booking.enter_cost,
        lambda found: {"centre": found.centre, "month": OCTOBER.first, "cents": 5, **SOURCE},
    ),
    "billing.costs.booking.replace_cost": entered(
        booking.replace_cost,
        lambda found: {
            "cost_id": found.centre.costs.get().pk,
            "cents": 5,
            "reason": "Zahlendreher",
            **SOURCE,
        },
    ),
    "billing.costs.memberships.add_membership": entered(
        memberships.add_membership,
        lambda found: {"tenant": found.members[0], "first": _after_the_end(), **SOURCE},
    ),
    "billing.costs.memberships.end_membership": entered(
        memberships.end_membership,
        lambda _books: {
            "membership_id": memberships.Membership.objects.all()[0].pk,
            "last": date(2026, 12, 31),
        },
    ),
    "billing.costs.advances.plan_advances": entered(
        advances.plan_advances,
        lambda found: {
            "service": found.levy,
            "planned": {found.members[0].number: 1200},
            "due": [NOVEMBER.first],
            **SOURCE,
        },
    ),
    "billing.costs.advances.set_advances": entered(
        advances.set_advances,
        lambda found: {
            "tenant": found.members[0],
            "service": found.levy,
            "cents": 100,
            "first": NOVEMBER,
            "last": NOVEMBER,
            "due_day": 15,
            **SOURCE,
        },
    ),
    "billing.closing.periods.end_grace": stepped(
        periods.end_grace, period=OCTOBER, reason="alles da", today=date(2026, 11, 2)
    ),
    "billing.closing.calculating.calculate_period": stepped(
        calculating.calculate_period, period=OCTOBER, today=TODAY
    ),
    "billing.closing.monthly.request_calculation": stepped(monthly.request_calculation, period=OCTOBER),
    "billing.closing.calculating.discard_calculation": stepped(
        calculating.discard_calculation, calculated, period=OCTOBER, reason="Kosten fehlen"
    ),
    "billing.closing.approving.approve_period": stepped(
        approving.approve_period, calculated, period=OCTOBER, today=TODAY
    ),
    "billing.closing.approving.withdraw_approval": stepped(
        approving.withdraw_approval, calculated, approved, period=OCTOBER, reason="noch einmal ansehen"
    ),
    "billing.closing.approving.mark_issued": stepped(
        approving.mark_issued, calculated, approved, period=OCTOBER
    ),
    "billing.closing.approving.close_period": stepped(
        approving.close_period, calculated, approved, issued, period=OCTOBER, today=TODAY
    ),
    "billing.closing.adjusting.correct_usage": lambda stage: partial(
        corrected(adjusting.correct_usage, tenant="")(stage),
        meter="http.requests",
        day=OCTOBER.first,
        quantity=7,
    ),
    "billing.closing.adjusting.correct_cost": lambda stage: partial(
        corrected(adjusting.correct_cost, centre="")(stage), cents=100
    ),
    "billing.closing.adjusting.correct_amount": lambda stage: partial(
        corrected(adjusting.correct_amount, tenant="", service="")(stage), cents=-100
    ),
    "billing.closing.adjusting.approve_adjustment": decided(adjusting.approve_adjustment),
    "billing.closing.adjusting.withdraw_adjustment": decided(adjusting.withdraw_adjustment),
    "billing.closing.late_deciding.take_over_late": late(
        late_deciding.take_over_late, quantity=9, reason="da"
    ),
    "billing.closing.late_deciding.leave_out_late": late(
        late_deciding.leave_out_late, quantity=9, reason="da"
    ),
    "billing.closing.late_deciding.reopen_late": late(late_deciding.reopen_late, is_left_out=True),
}
