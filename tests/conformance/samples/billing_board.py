# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing page of the finance department's board."""

from __future__ import annotations

from typing import Any

from billing.closing.approving import approve_period, mark_issued
from billing.closing.models import BillingPeriod
from billing.closing.periods import follow_calendar, get_period
from tenants.models import Tenant
from tests.conformance.samples import Stage
from tests.factories.accounts import client_for
from tests.factories.closing import AT, OCTOBER, TODAY, calculated, finance, make_books
from tests.factories.sessions import session_key
from verbund.kernel import clock

_REASON = {"reason": "Probe"}


def books(_stage: Stage) -> None:
    make_books(*Tenant.objects.filter(slug__in=["heideblick", "luckau"]))


def waiting(stage: Stage) -> None:
    books(stage)
    row = follow_calendar(get_period(OCTOBER), today=TODAY)
    BillingPeriod.objects.filter(pk=row.pk).update(grace_until=clock.today())


def calculated_month(stage: Stage) -> None:
    books(stage)
    calculated()


def approved_month(stage: Stage) -> None:
    calculated_month(stage)
    approve_period(period=OCTOBER, by=finance(), at=AT, today=TODAY)


def issued_month(stage: Stage) -> None:
    approved_month(stage)
    mark_issued(period=OCTOBER, by=finance(), at=AT)


def posted(stage: Stage, verb: str, data: dict[str, str]) -> Any:
    """Sent by somebody of the finance department who has just confirmed the second factor."""
    client = client_for(None, stage.scope)
    client.cookies["sessionid"] = session_key(stage.person("finance"))
    return client.post(f"/finanzen/{OCTOBER}/{verb}/", data)


def step(prepare: Any, verb: str, data: dict[str, str] | None = None) -> Any:
    def run(stage: Stage) -> Any:
        prepare(stage)
        return posted(stage, verb, data or {})

    return run


ROUTES = {
    "association billing-association:calculate": step(books, "berechnen"),
    "association billing-association:stop-waiting": step(waiting, "nachfrist", _REASON),
    "association billing-association:discard": step(calculated_month, "verwerfen", _REASON),
    "association billing-association:approve": step(calculated_month, "freigeben"),
    "association billing-association:withdraw": step(approved_month, "freigabe-zuruecknehmen", _REASON),
    "association billing-association:close": step(issued_month, "abschliessen"),
}
