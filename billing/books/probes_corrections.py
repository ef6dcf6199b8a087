# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Corrections in the proof of isolation; what is made for it is taken back with the rehearsal."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from billing.board.probes import month_in
from billing.closing.models import Adjustment, LateDecision
from billing.closing.periods import get_period
from billing.closing.states import State
from billing.costs.models import Service
from tenants.models import Tenant
from verbund.kernel import clock
from verbund.kernel.probes import Ask, Probe, Rehearsed, Stage
from verbund.metering.models import UsageLate
from verbund.metering.periods import Period

_ROLE, _METER, _SERVICE = "finance", "http.requests", "nachweis"
_PAGE = "/finanzen/berichtigungen/"
_MONTH = Period(2000, 1)
_NOON = datetime(2000, 1, 12, 11, tzinfo=UTC)
# Nobody's key: the person who asks is another, so the second person is not refused.
_SOMEBODY, _QUANTITY = 1, 7


def _tenant() -> Tenant:
    return Tenant.objects.filter(state="ACTIVE").order_by("-number")[0]


def _waiting() -> Adjustment:
    """An amount for a member made for the proof, asked for by somebody else."""
    origin = month_in(State.APPROVED)
    return Adjustment.objects.create(
        period=get_period(Period(2000, 2)),
        origin=origin,
        tenant=_tenant(),
        service=Service.objects.get(code=_SERVICE),
        cents=100,
        reason="Nachweis",
        requested_by=_SOMEBODY,
        requested_at=clock.now(),
    )


def _decided(verb: str, **more: Any) -> Probe:
    return Rehearsed(lambda _stage: Ask(path=f"{_PAGE}{_waiting().pk}/{verb}", role=_ROLE, **more))


def _asked(_stage: Stage) -> Ask:
    month_in(State.APPROVED)
    data = {
        "origin": str(_MONTH),
        "tenant": _tenant().slug,
        "service": _SERVICE,
        "cents": "1,00",
        "reason": "Nachweis",
    }
    return Ask(path=f"{_PAGE}neu/betrag/", role=_ROLE, data=data)


def _late() -> str:
    tenant = _tenant()
    month_in(State.APPROVED)
    UsageLate.objects.create(
        producer="proof", seq=1, tenant=tenant.number, hour=_NOON, meter=_METER, dimension_hash=0,
        quantity=_QUANTITY, n=1,
    )  # fmt: skip
    return f"{_PAGE}nachzuegler/{_MONTH}/{tenant.slug}/{_METER}/"


def _left_out() -> str:
    path = _late()
    LateDecision.objects.create(
        period=get_period(_MONTH), tenant=_tenant(), meter=_METER, day=date(2000, 1, 12), quantity=_QUANTITY,
        reason="Nachweis", decided_by=_SOMEBODY, decided_at=clock.now(),
    )  # fmt: skip
    return f"{path}zuruecknehmen/"


_LEAVE_OUT = {"reason": "Nachweis", "quantity": str(_QUANTITY), "aktion": "nicht"}
CORRECTIONS: dict[str, Probe] = {
    "GET billing-association:corrections": lambda _stage: Ask(path=_PAGE, role=_ROLE),
    "GET billing-association:correction": _decided(""),
    "GET billing-association:correction-ask": lambda _stage: Ask(path=f"{_PAGE}neu/kosten/", role=_ROLE),
    "POST billing-association:correction-ask": Rehearsed(_asked),
    "GET billing-association:correction-approve": _decided("genehmigen/"),
    "POST billing-association:correction-approve": _decided("genehmigen/", data={}),
    "GET billing-association:correction-withdraw": _decided("zurueckziehen/"),
    "POST billing-association:correction-withdraw": _decided("zurueckziehen/", data={}),
    "GET billing-association:late": Rehearsed(lambda _stage: Ask(path=_late(), role=_ROLE)),
    "POST billing-association:late": Rehearsed(lambda _stage: Ask(path=_late(), role=_ROLE, data=_LEAVE_OUT)),
    "POST billing-association:late-reopen": Rehearsed(
        lambda _stage: Ask(path=_left_out(), role=_ROLE, data={})
    ),
}
