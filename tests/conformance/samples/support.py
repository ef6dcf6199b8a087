# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing page and service of support access, on both hosts."""

from __future__ import annotations

from functools import partial
from typing import Any

from tenants import directory
from tests.conformance.samples import Stage
from tests.factories.sessions import signed_in
from tests.factories.support import REASON, let_in, make_grant, secret_of
from verbund.kernel import clock
from verbund.kernel.context import Municipality
from verbund.support import desk, grants
from verbund.support.models import Grant

_THERE = "/verwaltung/fernzugriff"
_AT = "/kommunen/heideblick/fernzugriff"


def _heideblick() -> Municipality:
    found = directory.by_slug("heideblick")
    assert found is not None
    return found


def waiting(stage: Stage) -> Grant:
    grants.set_approval(needs_approval=True, by=stage.by, at=clock.now())
    return make_grant(stage.scope)


def decide(verb: str) -> Any:
    return lambda stage: stage.client().post(f"{_THERE}/{waiting(stage).pk}/{verb}/")


def own_grant(stage: Stage) -> Grant:
    return make_grant(_heideblick(), stage.chief)


def fetch(stage: Stage) -> Any:
    client = signed_in("operator")
    return client.post(f"{_AT}/{make_grant(_heideblick(), client.person).pk}/link/")


def approval(stage: Stage) -> Any:
    return partial(grants.set_approval, needs_approval=True, by=stage.by, at=clock.now())


ROUTES = {
    "association support-association:ask": lambda _stage: signed_in("operator").post(
        f"{_AT}/beantragen/", {"reason": REASON, "minutes": "60"}
    ),
    "association support-association:end": lambda stage: stage.client().post(
        f"{_AT}/{own_grant(stage).pk}/beenden/"
    ),
    "association support-association:link": fetch,
    "municipality support-staff:approval": lambda stage: stage.client().post(
        f"{_THERE}/einstellung/", {"needs_approval": "on"}
    ),
    "municipality support-staff:approve": decide("freigeben"),
    "municipality support-staff:enter": lambda stage: stage.visitor().post(
        f"{_THERE}/beginnen/", {"secret": secret_of(stage.scope, make_grant(stage.scope))}
    ),
    "municipality support-staff:leave": lambda stage: let_in(stage.scope).post(f"{_THERE}/verlassen/"),
    "municipality support-staff:refuse": decide("ablehnen"),
    "municipality support-staff:revoke": lambda stage: stage.client().post(
        f"{_THERE}/{make_grant(stage.scope).pk}/beenden/"
    ),
}
SERVICES = {
    "verbund.support.desk.ask_for_access": lambda stage: partial(
        desk.ask_for_access,
        municipality=_heideblick(),
        reason=REASON,
        minutes=60,
        may_change=False,
        by=stage.by,
        at=clock.now(),
    ),
    "verbund.support.desk.end_access": lambda stage: partial(
        desk.end_access,
        municipality=_heideblick(),
        grant_id=own_grant(stage).pk,
        by=stage.by,
        at=clock.now(),
    ),
    "verbund.support.desk.fetch_link": lambda stage: partial(
        desk.fetch_link,
        municipality=_heideblick(),
        grant_id=own_grant(stage).pk,
        by=stage.by,
        at=clock.now(),
    ),
    "verbund.support.grants.approve": lambda stage: partial(
        grants.approve, grant_id=waiting(stage).pk, by=stage.by, at=clock.now()
    ),
    "verbund.support.grants.end": lambda stage: partial(
        grants.end, grant_id=make_grant(stage.scope).pk, by=stage.by, at=clock.now()
    ),
    "verbund.support.grants.refuse": lambda stage: partial(
        grants.refuse, grant_id=waiting(stage).pk, by=stage.by, at=clock.now()
    ),
    "verbund.support.grants.set_approval": approval,
}
