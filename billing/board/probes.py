# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The finance department's pages in the proof of isolation; months made for it are taken back with the rehearsal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from billing.closing.models import BillingPeriod, Run, Statement, StatementLine
from billing.closing.states import LineKind, State
from billing.costs.models import Regime, Service
from tenants.models import Tenant
from verbund.kernel import clock, context
from verbund.kernel.probes import Ask, Probe, Rehearsed, Stage

_ROLE, _REASON = "finance", {"reason": "Nachweis"}
# Before any month that is billed, so that it stands in the way of none.
_MONTH, _ADDRESS = date(2000, 1, 1), "/finanzen/2000-01/"
_WAY = [State.OPEN, State.GRACE, State.CALCULATED, State.APPROVED, State.ISSUED]


def month_in(
    state: State, *, approved_by: int = 1, more: Callable[[Run], object] = lambda _run: None
) -> BillingPeriod:
    """A month that went its way to the state, with a line of the levy for each municipality, and what ``more`` adds."""
    row, is_new = BillingPeriod.objects.get_or_create(month=_MONTH)
    if not is_new:
        return row
    at = clock.now()
    run = Run.objects.create(
        period=row, number=1, engine="", input_sha256="", record=b"{}", statements_record=b"{}",
        sha256="", cents=0, calculated_at=at,
    )  # fmt: skip
    # Before the run counts: afterwards it takes no line any more.
    for tenant in Tenant.objects.filter(state="ACTIVE"):
        _levied(run, tenant)
    more(run)
    for step in _WAY[1 : _WAY.index(state) + 1]:
        row.state = step
        if step is State.GRACE:
            row.grace_until = _MONTH
        if step is State.CALCULATED:
            row.run = run
        if step is State.APPROVED:
            row.approved_by, row.approved_at = approved_by, at
        if step is State.ISSUED:
            row.issued_at = at
        row.save()
    return row


def _levied(run: Run, tenant: Tenant) -> None:
    """A statement with one euro of the levy."""
    service = Service.objects.get_or_create(code="nachweis", defaults={"title": "Nachweis"})[0]
    statement = Statement.objects.create(run=run, tenant=tenant, cents=100)
    StatementLine.objects.create(
        statement=statement,
        position=1,
        kind=LineKind.SHARE,
        service=service,
        regime=Regime.LEVY,
        text="Nachweis",
        net_cents=100,
    )


def _asked(verb: str, state: State, **more: Any) -> Probe:
    def ask(_stage: Stage) -> Ask:
        month_in(state)
        return Ask(path=f"{_ADDRESS}{verb}/", role=_ROLE, **more)

    return Rehearsed(ask)


def _statement(_stage: Stage) -> Ask:
    tenant = Tenant.objects.filter(state="ACTIVE").order_by("-number")[0]
    month_in(State.CALCULATED)
    return Ask(path=f"{_ADDRESS}kommunen/{tenant.slug}/", role=_ROLE)


def own_statement(_stage: Stage) -> Ask:
    """An approved month as a municipality reads it."""
    with context.enter_association():
        month_in(State.APPROVED)
    return Ask(path=f"/verwaltung/nutzung/kosten/{_MONTH:%Y-%m}/", role="treasurer", is_common=True)


BOARD: dict[str, Probe] = {
    "GET billing-association:months": lambda _stage: Ask(path="/finanzen/", role=_ROLE),
    "GET billing-association:month": lambda _stage: Ask(path=f"/finanzen/{clock.today():%Y-%m}/", role=_ROLE),
    "GET billing-association:year": lambda _stage: Ask(path="/finanzen/uebersicht/", role=_ROLE),
    "GET billing-association:year-list": lambda _stage: Ask(path="/finanzen/uebersicht/liste/", role=_ROLE),
    "GET billing-association:month-list": _asked("liste", State.CALCULATED),
    "GET billing-association:member-statement": Rehearsed(_statement),
    # Whether a site's month can be calculated depends on its costs, so these two need not write; strangers are refused before.
    "POST billing-association:calculate": _asked("berechnen", State.GRACE, writes=False),
    "GET billing-association:stop-waiting": _asked("nachfrist", State.GRACE),
    "POST billing-association:stop-waiting": _asked("nachfrist", State.GRACE, data=_REASON),
    "GET billing-association:discard": _asked("verwerfen", State.CALCULATED),
    "POST billing-association:discard": _asked("verwerfen", State.CALCULATED, data=_REASON),
    "GET billing-association:approve": _asked("freigeben", State.CALCULATED),
    "POST billing-association:approve": _asked("freigeben", State.CALCULATED, writes=False),
    "GET billing-association:withdraw": _asked("freigabe-zuruecknehmen", State.APPROVED),
    "POST billing-association:withdraw": _asked("freigabe-zuruecknehmen", State.APPROVED, data=_REASON),
    "GET billing-association:close": _asked("abschliessen", State.ISSUED),
    "POST billing-association:close": _asked("abschliessen", State.ISSUED),
}
