# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing page and service about the documents of a month."""

from __future__ import annotations

from functools import partial
from typing import Any

from billing.issuing import issuing, running
from tests.conformance.samples import Stage
from tests.conformance.samples.billing_board import posted
from tests.conformance.samples.billing_issuing import month
from tests.factories.accounts import client_for
from tests.factories.closing import AT, OCTOBER, TODAY, finance
from tests.factories.sessions import session_key


def _pressed(verb: str, data: dict[str, str] | None = None) -> Any:
    def run(stage: Stage) -> Any:
        month(stage)
        return posted(stage, f"dokumente/{verb}", data or {})

    return run


def _cancel(stage: Stage) -> Any:
    month(stage)
    issuing.issue_period(period=OCTOBER, by=finance(), at=AT, today=TODAY)
    client = client_for(None, stage.scope)
    client.cookies["sessionid"] = session_key(stage.person("finance"))
    return client.post("/finanzen/belege/UB-2026-00001/aufheben/", {"reason": "Anschrift"})


def _request(stage: Stage) -> Any:
    month(stage)
    return partial(running.request_issue, period=OCTOBER, by=finance(), at=AT)


ROUTES = {
    "association billing-association:document-cancel": _cancel,
    "association billing-association:issue": _pressed("ausstellen"),
    "association billing-association:issue-rehearse": _pressed("probe"),
}
SERVICES = {"billing.issuing.running.request_issue": _request}
