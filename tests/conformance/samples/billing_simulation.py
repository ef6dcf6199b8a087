# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A tried key that becomes a version, by the page and by the service."""

from __future__ import annotations

from datetime import date
from typing import Any

from billing.simulation.drafting import adopt_draft
from tests.conformance.samples import Stage
from tests.conformance.samples.billing_board import books
from tests.factories.accounts import client_for
from tests.factories.sessions import session_key
from verbund.kernel import clock

_NEW = {"gewicht1": "1", "teil1": "equal", "valid_from": "01.02.2027", "name": "Probe", "source": "Probe"}


def _by_page(stage: Stage) -> Any:
    books(stage)
    client = client_for(None, stage.scope)
    client.cookies["sessionid"] = session_key(stage.person("finance"))
    return client.post("/finanzen/schluessel/misch/was-waere/", _NEW)


def _by_service(stage: Stage) -> Any:
    books(stage)
    return lambda: adopt_draft(
        key="misch",
        name="Probe",
        valid_from=date(2027, 2, 1),
        source="Probe",
        definition={"parts": [{"basis": {"kind": "equal"}}]},
        by=stage.by,
        at=clock.now(),
    )


ROUTES = {"association billing-association:key-trial": _by_page}
SERVICES = {"billing.simulation.drafting.adopt_draft": _by_service}
