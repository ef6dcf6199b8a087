# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing address of billing's API, with the key and the code of a second person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time

from billing.permissions import BillingPermission
from tenants.models import Tenant
from tests.conformance.samples import Stage
from tests.conformance.samples.billing_board import approved_month, books, calculated_month, issued_month
from tests.factories.accounts import client_for, make_person
from tests.factories.closing import OCTOBER
from tests.factories.documents import make_issuer
from tests.factories.receivables import give_accounts, take
from verbund.accounts.api import actor_for
from verbund.accounts.services.tokens import issue_token
from verbund.kernel import clock

_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_RIGHTS = [
    BillingPermission.CALCULATE,
    BillingPermission.APPROVE,
    BillingPermission.ISSUE,
    BillingPermission.CLOSE,
    BillingPermission.MANAGE_ACCOUNTS,
]


def asked(prepare: Callable[[Stage], object], verb: str) -> Callable[[Stage], Any]:
    def run(stage: Stage) -> Any:
        prepare(stage)
        person = make_person("finance")
        TOTP.activate(person, _SECRET)
        _row, text = issue_token(name="ERP", scopes=_RIGHTS, by=actor_for(person), at=clock.now())
        client = client_for(None, headers={"Authorization": f"Bearer {text}"})
        code = format_hotp_value(hotp_value(_SECRET, next(iter(yield_hotp_counters_from_time()))))
        values = {"profile": "hkr-csv"} if verb == "export" else {"code": code}
        return client.post(
            f"/api/v1/billing/periods/{OCTOBER}/{verb}/", values, content_type="application/json"
        )

    return run


def with_sender(stage: Stage) -> None:
    approved_month(stage)
    make_issuer()


def with_documents(_stage: Stage) -> None:
    luckau = Tenant.objects.get(slug="luckau")
    give_accounts(luckau)
    take(luckau)


ROUTES = {
    "association billing-api-association:calculate": asked(books, "calculate"),
    "association billing-api-association:approve": asked(calculated_month, "approve"),
    "association billing-api-association:issue": asked(with_sender, "issue"),
    "association billing-api-association:close": asked(issued_month, "close"),
    "association billing-api-association:export": asked(with_documents, "export"),
}
