# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The turns of a member's life: suspending and resuming, discarding, changing master data."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from tenants import changes, discarding, suspension, transitions
from tenants.master_data import Wanted
from tenants.models import MasterDataChange, Tenant
from tenants.states import State
from tests.conformance.samples import Stage
from tests.factories.onboarding import ZEUTHEN, requested
from verbund.console import services as console
from verbund.kernel import clock

_TOWN = "luckau"


def number() -> int:
    return Tenant.objects.get(slug=_TOWN).pk


def in_state(state: State) -> int:
    Tenant.objects.filter(slug=_TOWN).update(state=state)
    return number()


def suspend_page(stage: Stage) -> Any:
    values = {"reason": "Probe", "confirmation": _TOWN}
    return stage.confirmed().post(f"/kommunen/{_TOWN}/aussetzen/", values)


def resume_page(stage: Stage) -> Any:
    in_state(State.SUSPENDED)
    return stage.confirmed().post(f"/kommunen/{_TOWN}/oeffnen/", {"reason": "Probe"})


def waiting() -> int:
    return Tenant.objects.get(schema_name=requested(**ZEUTHEN).subject).pk


def discard_page(stage: Stage) -> Any:
    waiting()
    values = {"reason": "Probe", "confirmation": "zeuthen"}
    return stage.confirmed().post("/kommunen/zeuthen/verwerfen/", values)


def planned(stage: Stage, name: str = "Neu", days: int = 9) -> MasterDataChange:
    day = clock.today() + timedelta(days=days)
    wanted = Wanted(takes_effect_on=day, name=name)
    return changes.request_change(number=number(), wanted=wanted, by=stage.by, at=clock.now(), reason="Probe")


def change_page(stage: Stage) -> Any:
    client = stage.confirmed()
    form = client.get(f"/kommunen/{_TOWN}/stammdaten/").context["form"]
    given = {field.name: field.value() for field in form if field.value() is not None}
    given |= {"name": "Neu", "takes_effect_on": f"{clock.today():%d.%m.%Y}", "reason": "Probe"}
    return client.post(f"/kommunen/{_TOWN}/stammdaten/", given)


def withdraw_page(stage: Stage) -> Any:
    return stage.confirmed().post(f"/kommunen/{_TOWN}/stammdaten/{planned(stage).pk}/zurueck/")


ROUTES = {
    "association console-association:change": change_page,
    "association console-association:withdraw-change": withdraw_page,
    "association console-association:discard": discard_page,
    "association console-association:suspend": suspend_page,
    "association console-association:resume": resume_page,
}
SERVICES = {
    "tenants.changes.apply_change": lambda stage: partial(
        changes.apply_change, change_id=planned(stage).pk, by=stage.by, at=clock.now()
    ),
    "tenants.changes.request_change": lambda stage: partial(planned, stage),
    "tenants.changes.withdraw_change": lambda stage: partial(
        changes.withdraw_change, number=number(), change_id=planned(stage).pk, by=stage.by, at=clock.now()
    ),
    "tenants.discarding.request_discard": lambda stage: partial(
        discarding.request_discard, number=waiting(), by=stage.by, at=clock.now()
    ),
    "verbund.console.services.start_discard": lambda stage: partial(
        console.start_discard, number=waiting(), by=stage.by, at=clock.now(), reason="Probe"
    ),
    "tenants.suspension.resume": lambda stage: partial(
        suspension.resume, number=in_state(State.SUSPENDED), by=stage.by, at=clock.now()
    ),
    "tenants.suspension.suspend": lambda stage: partial(
        suspension.suspend, number=number(), by=stage.by, at=clock.now()
    ),
    "tenants.transitions.move": lambda stage: partial(
        transitions.move, number=number(), wanted=State.SUSPENDED, by=stage.by, at=clock.now()
    ),
    "tenants.transitions.tell": lambda stage: partial(
        transitions.tell,
        tenant=Tenant.objects.get(slug=_TOWN),
        action="tenants.tenant.suspended",
        by=stage.by,
        at=clock.now(),
        changes={},
    ),
}
