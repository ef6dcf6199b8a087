# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing page and service of subscriptions."""

from __future__ import annotations

from functools import partial
from typing import Any

from tests.conformance.samples import Stage
from tests.factories.subscriptions import ERIKA, around, ask_for, subscribe, wish
from verbund.kernel import clock
from verbund.subscriptions import persons, services

_VALUES = {"where": "ort", "radius_m": "500", "topics": "defects.report", "rhythm": "weekly"}

ROUTES = {
    "municipality subscriptions:ask": lambda stage: stage.visitor().post(
        "/mein-ort/", {**_VALUES, "email": ERIKA, "website": ""}
    ),
    "municipality subscriptions:manage": lambda stage: stage.visitor().post(
        f"/mein-ort/{subscribe().secret}/", _VALUES
    ),
    "municipality subscriptions:confirm": lambda stage: stage.visitor().post(
        f"/mein-ort/{ask_for()}/bestaetigen/"
    ),
    "municipality subscriptions:pause": lambda stage: stage.visitor().post(
        f"/mein-ort/{subscribe().secret}/pause/", {"pause": "an"}
    ),
    "municipality subscriptions:unsubscribe": lambda stage: stage.visitor().post(
        f"/mein-ort/{subscribe().secret}/abbestellen/"
    ),
}


def _erase(stage: Stage) -> Any:
    subscribe()
    return partial(persons.erase, ERIKA, by=stage.by, at=clock.now())


SERVICES = {
    "verbund.subscriptions.services.ask": lambda stage: partial(
        services.ask, email=ERIKA, wish=wish(), by=stage.by, at=clock.now()
    ),
    "verbund.subscriptions.persons.erase": _erase,
    "verbund.subscriptions.services.confirm": lambda stage: partial(
        services.confirm, secret=ask_for(), by=stage.by, at=clock.now()
    ),
    "verbund.subscriptions.services.change": lambda stage: partial(
        services.change,
        secret=subscribe().secret,
        wish=wish(area=around(1000)),
        by=stage.by,
        at=clock.now(),
    ),
    "verbund.subscriptions.services.pause": lambda stage: partial(
        services.pause, secret=subscribe().secret, is_paused=True, by=stage.by, at=clock.now()
    ),
    "verbund.subscriptions.services.record": lambda stage: partial(
        services.record, subscribe(), "bounced", by=stage.by, at=clock.now()
    ),
    "verbund.subscriptions.services.unsubscribe": lambda stage: partial(
        services.unsubscribe, secret=subscribe().secret, by=stage.by, at=clock.now()
    ),
}
