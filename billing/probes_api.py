# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Months over the API in the proof of isolation: steps with the key and the code of somebody made for each."""

from __future__ import annotations

import base64
import os
import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from billing.board.probes import month_in
from billing.closing.models import Run, Statement, StatementLine
from billing.closing.periods import month_of
from billing.closing.states import LineKind, State
from billing.costs.models import CostCentre, KeyVersion, PriceVersion, Regime, Service
from billing.issuing.draft import Kind
from billing.issuing.models import IssueRun
from billing.issuing.running import request_issue
from billing.papers.probes import billable_month, issued_document, newest_member
from billing.permissions import BillingPermission
from billing.probes_accounts import handed_out
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


def _signed(verb: str, permission: BillingPermission, prepare: Callable[[int], object]) -> Probe:
    """Whether an empty month can take the step depends on the site, so it need not write; strangers are refused before.

    ``prepare`` makes the month; it is given the key of who asks.
    """

    def ask(stage: Stage) -> Ask:
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
        prepare(person.pk)
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
    tenant = newest_member()
    month_in(State.CALCULATED, more=lambda run: _filled(run, tenant))
    return Ask(path=f"{_MONTH}statements/{tenant.slug}/", role=_ROLE)


def _filled(run: Run, tenant: Tenant) -> None:
    """A share, a price, a correction and an advance, so that every field has a value."""
    statement, at = Statement.objects.get(run=run, tenant=tenant), clock.now()
    service = Service.objects.get(code="nachweis")
    centre = CostCentre.objects.create(code="nachweis", title="Nachweis", service=service, key="nachweis")
    version = {
        "version": 1,
        "valid_from": "2000-01-01",
        "source": "Nachweis",
        "definition": {},
        "entered_at": at,
    }
    key = KeyVersion.objects.create(key="nachweis", name="Nachweis", **version)
    price = PriceVersion.objects.create(service=service, **version)
    common = {"statement": statement, "service": service, "regime": Regime.PUB, "text": "Nachweis"}
    lines: tuple[dict[str, Any], ...] = (
        {"kind": LineKind.SHARE, "cost_centre": centre, "key_version": key, "numerator": 1, "denominator": 2},
        {
            "kind": LineKind.USAGE,
            "price_version": price,
            "meter": "mail.sent",
            "quantity": 3,
            "unit": "E-Mails",
        },
        {"kind": LineKind.CORRECTION, "origin": run.period, "reason": "Nachweis"},
        {"kind": LineKind.ADVANCE},
    )
    # At once, and together nothing: after each statement of SQL the lines must come to the statement's sum.
    StatementLine.objects.bulk_create(
        StatementLine(position=11 + place, net_cents=cents, **common, **line)
        for place, (line, cents) in enumerate(zip(lines, (1, 1, -1, -1), strict=True))
    )


def _issue_run(stage: Stage) -> Ask:
    """A run with a failure, and documents of both families."""
    notice = issued_document()
    row = notice.period
    run = request_issue(period=month_of(row), by=actor_for(stage.person(_ROLE)), at=clock.now())
    notice.pk, notice.number, notice.regime, notice.kind = (
        None,
        f"N-{stage.canary}"[:40],
        Regime.PUB,
        Kind.INVOICE,
    )
    notice.xml, notice.xml_sha256 = b"", notice.pdf_sha256
    notice.save(force_insert=True)
    failure = {
        "tenant": notice.tenant_id,
        "slug": "",
        "name": "",
        "regime": "STD",
        "sentence": "N",
        "fields": {"n": "N"},
    }
    IssueRun.objects.filter(pk=run.pk).update(failures=[failure])
    return Ask(path=f"{_MONTH}issue/", role=_ROLE)


def _file(stage: Stage) -> Ask:
    return Ask(path=f"/api/v1/billing/exports/{handed_out(stage).pk}/", role=_ROLE)


def _export(stage: Stage) -> Ask:
    """All of that month is in a file already, so nothing is written."""
    handed_out(stage)
    return Ask(path=f"{_MONTH}export/", role=_ROLE, data={"profile": "hkr-csv"}, is_json=True, writes=False)


API: dict[str, Probe] = {
    "GET billing-api-association:periods": _read(_PERIODS),
    "GET billing-api-association:period": _read(_MONTH, lambda: month_in(State.ISSUED)),
    "GET billing-api-association:statements": _read(
        f"{_MONTH}statements/", lambda: month_in(State.CALCULATED)
    ),
    "GET billing-api-association:statement": Rehearsed(_statement),
    "GET billing-api-association:export-file": Rehearsed(_file),
    "POST billing-api-association:calculate": _signed(
        "calculate", BillingPermission.CALCULATE, lambda _person: month_in(State.GRACE)
    ),
    # An empty run is not what the counters say, so the month is approved already: repeated, it is answered as done.
    "POST billing-api-association:approve": _signed(
        "approve",
        BillingPermission.APPROVE,
        lambda person: month_in(State.APPROVED, approved_by=person),
    ),
    "GET billing-api-association:issue": Rehearsed(_issue_run),
    "POST billing-api-association:issue": _signed(
        "issue", BillingPermission.ISSUE, lambda _person: billable_month()
    ),
    "POST billing-api-association:close": _signed(
        "close", BillingPermission.CLOSE, lambda _person: month_in(State.ISSUED)
    ),
    "POST billing-api-association:export": Rehearsed(_export),
}
