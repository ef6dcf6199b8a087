# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Support access as the operator asks for it and as the municipality grants, watches and ends it."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from tenants import directory
from tenants.models import Tenant
from verbund.accounts.api import actor_for, create_person
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import Municipality
from verbund.kernel.ids import uuid7
from verbund.kernel.probes import Ask, Probe, Stage
from verbund.support import desk, grants
from verbund.support.models import Grant

_OPERATOR, _ADMIN = "operator", "administrator"
_THERE = "/verwaltung/fernzugriff/"
_REASON = "Kategorien fehlen, Anruf vom 27.11."


def _member(stage: Stage) -> Municipality:
    if isinstance(stage.scope, Municipality):
        return stage.scope
    slug = Tenant.objects.filter(state="ACTIVE").order_by("-number").values_list("slug", flat=True)[0]
    found = directory.by_slug(str(slug))
    if found is None:
        raise LookupError(slug)
    return found


def _new_operator() -> Any:
    with context.enter_association():
        return create_person(
            email=f"{uuid7()}@nachweis.example",
            name="Olga Betrieb",
            role=_OPERATOR,
            password="pferd-batterie-klammer-4",  # noqa: S106 (nobody signs in with it)
            by=SYSTEM,
            at=clock.now(),
        )


def _grant(stage: Stage, operator: Any = None, *, waits: bool = False) -> Grant:
    """Open at once, or waiting, whatever the probe before has left as the municipality's wish."""
    operator = operator or _new_operator()
    with context.enter(_member(stage)):
        grants.set_approval(needs_approval=waits, by=SYSTEM, at=clock.now())
    with context.enter_association():
        return desk.ask_for_access(
            municipality=_member(stage),
            reason=_REASON,
            minutes=60,
            may_change=False,
            by=actor_for(operator),
            at=clock.now(),
        )


def _secret(stage: Stage) -> str:
    grant = _grant(stage)
    return grants.issue_link(grant_id=grant.pk, operator=grant.operator, host=stage.host, at=clock.now())


def _approval(_stage: Stage) -> Ask:
    grants.set_approval(needs_approval=False, by=SYSTEM, at=clock.now())
    return Ask(path=f"{_THERE}einstellung/", role=_ADMIN, data={"needs_approval": "on"})


def _decide(verb: str) -> Probe:
    return lambda stage: Ask(path=f"{_THERE}{_grant(stage, waits=True).pk}/{verb}/", role=_ADMIN)


def _leave(stage: Stage) -> Ask:
    browser = stage.browser()
    browser.post(f"{_THERE}beginnen/", {"secret": _secret(stage)})
    session = str(browser.cookies[settings.SESSION_COOKIE_NAME].value)
    return Ask(path=f"{_THERE}verlassen/", session=session, opens=True)


def _at(stage: Stage, rest: str = "") -> str:
    return f"/kommunen/{_member(stage).slug}/fernzugriff/{rest}"


def _own(stage: Stage, rest: str) -> Ask:
    """One operator has one access at a time, so each case takes somebody new."""
    operator = _new_operator()
    grant = _grant(stage, operator)
    return Ask(path=_at(stage, f"{grant.pk}/{rest}/"), role=_OPERATOR, session=stage.session(operator))


def _ask(stage: Stage) -> Ask:
    session = stage.session(_new_operator())
    data = {"reason": _REASON, "minutes": "60"}
    return Ask(path=_at(stage, "beantragen/"), role=_OPERATOR, session=session, data=data)


PROBES: dict[str, Probe] = {
    "GET support-staff:overview": lambda _stage: Ask(path=_THERE, role=_ADMIN),
    "POST support-staff:approval": _approval,
    "GET support-staff:entrance": lambda stage: Ask(path=f"{_THERE}einlass/{_secret(stage)}/"),
    "POST support-staff:enter": lambda stage: Ask(
        path=f"{_THERE}beginnen/", data={"secret": _secret(stage)}, opens=True
    ),
    "POST support-staff:leave": _leave,
    "GET support-staff:ended": lambda _stage: Ask(path=f"{_THERE}beendet/"),
    "POST support-staff:approve": _decide("freigeben"),
    "POST support-staff:refuse": _decide("ablehnen"),
    "POST support-staff:revoke": lambda stage: Ask(path=f"{_THERE}{_grant(stage).pk}/beenden/", role=_ADMIN),
    "GET support-association:accesses": lambda stage: Ask(path=_at(stage), role=_OPERATOR),
    "GET support-association:ask": lambda stage: Ask(path=_at(stage, "beantragen/"), role=_OPERATOR),
    "POST support-association:ask": _ask,
    "POST support-association:link": lambda stage: _own(stage, "link"),
    "POST support-association:end": lambda stage: _own(stage, "beenden"),
}
