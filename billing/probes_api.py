# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Months over the API in the proof of isolation: steps with the key and the code of somebody made for each."""

from __future__ import annotations

import base64
import os
import time
from collections.abc import Callable

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from billing.board.probes import month_in
from billing.closing.models import Statement
from billing.closing.periods import month_of
from billing.closing.states import State
from billing.issuing.running import request_issue
from billing.papers.probes import billable_month
from billing.permissions import BillingPermission
from billing.postings.models import PostingBatch
from tenants.models import Tenant
from verbund.accounts.api import actor_for
from verbund.accounts.services.people import create_person
from verbund.accounts.services.tokens import issue_token
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.kernel.ids import uuid7
from verbund.kernel.probes import Ask, Probe, Rehearsed, Stage

_ROLE, _PERIODS = "finance", "/api/v1/billing/periods/"
_MONTH = f"{_PERIODS}2000-01/"


def _signed(
    verb: str, permission: BillingPermission, state: State, prepare: Callable[[State], object] = month_in
) -> Probe:
    """Whether an empty month can take the step depends on the site, so it need not write; strangers are refused before."""

    def ask(stage: Stage) -> Ask:
        prepare(state)
        secret = base64.b32encode(os.urandom(20)).decode()
        person = create_person(
            email=f"{uuid7()}-{stage.canary}@nachweis.example",
            name=f"Person {stage.canary}",
            role=_ROLE,
            password=f"{stage.canary}-pferd-batterie-klammer",
            by=SYSTEM,
            at=clock.now(),
        )
        TOTP.activate(person, secret)
        _token, text = issue_token(
            name=f"Schlüssel {stage.canary}", scopes=[permission], by=actor_for(person), at=clock.now()
        )
        return Ask(
            path=f"{_MONTH}{verb}/",
            headers={"Authorization": f"Bearer {text}"},
            data={"code": format_hotp_value(hotp_value(secret, int(time.time()) // 30))},
            is_json=True,
            writes=False,
        )

    return Rehearsed(ask)


def _read(path: str, prepare: Callable[[], object] = lambda: None) -> Probe:
    def ask(_stage: Stage) -> Ask:
        prepare()
        return Ask(path=path, role=_ROLE)

    return Rehearsed(ask)


def _statement(_stage: Stage) -> Ask:
    tenant = Tenant.objects.filter(state="ACTIVE").order_by("-number")[0]
    Statement.objects.get_or_create(run=month_in(State.CALCULATED).run, tenant=tenant, defaults={"cents": 0})
    return Ask(path=f"{_MONTH}statements/{tenant.slug}/", role=_ROLE)


def _issue_run(stage: Stage) -> Ask:
    row = billable_month()
    request_issue(period=month_of(row), by=actor_for(stage.person(_ROLE)), at=clock.now())
    return Ask(path=f"{_MONTH}issue/", role=_ROLE)


def _file(_stage: Stage) -> Ask:
    batch = PostingBatch.objects.create(
        profile="hkr-csv", month="2000-01-01", filename="nachweis.csv", content=b"", sha256="", postings=1,
        cents=0, made_at=clock.now(),
    )  # fmt: skip
    return Ask(path=f"/api/v1/billing/exports/{batch.pk}/", role=_ROLE)


API: dict[str, Probe] = {
    "GET billing-api-association:periods": _read(_PERIODS),
    "GET billing-api-association:period": _read(_MONTH),
    "GET billing-api-association:statements": _read(
        f"{_MONTH}statements/", lambda: month_in(State.CALCULATED)
    ),
    "GET billing-api-association:statement": Rehearsed(_statement),
    "GET billing-api-association:export-file": Rehearsed(_file),
    "POST billing-api-association:calculate": _signed("calculate", BillingPermission.CALCULATE, State.GRACE),
    "POST billing-api-association:approve": _signed("approve", BillingPermission.APPROVE, State.CALCULATED),
    "GET billing-api-association:issue": Rehearsed(_issue_run),
    "POST billing-api-association:issue": _signed(
        "issue", BillingPermission.ISSUE, State.APPROVED, billable_month
    ),
    "POST billing-api-association:close": _signed("close", BillingPermission.CLOSE, State.ISSUED),
    # Nothing of that month was issued, so nothing is written.
    "POST billing-api-association:export": lambda _stage: Ask(
        path=f"{_MONTH}export/", role=_ROLE, data={"profile": "hkr-csv"}, is_json=True, writes=False
    ),
}
