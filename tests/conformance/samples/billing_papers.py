# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing page and service about the documents of a month."""

from __future__ import annotations

from functools import partial
from typing import Any

from billing.issuing import running
from tests.conformance.samples import Stage
from tests.conformance.samples.billing_board import posted
from tests.conformance.samples.billing_issuing import month
from tests.factories.closing import AT, OCTOBER, finance


def _pressed(verb: str, data: dict[str, str] | None = None) -> Any:
    def run(stage: Stage) -> Any:
        month(stage)
        return posted(stage, f"dokumente/{verb}", data or {})

    return run


def _request(stage: Stage) -> Any:
    month(stage)
    return partial(running.request_issue, period=OCTOBER, by=finance(), at=AT)


ROUTES = {
    "association billing-association:issue": _pressed("ausstellen"),
    "association billing-association:issue-rehearse": _pressed("probe"),
}
SERVICES = {"billing.issuing.running.request_issue": _request}
