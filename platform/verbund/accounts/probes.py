# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every page of people, keys and one's own account as its rightful owner uses it."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP

from tenants.models import Tenant
from verbund.accounts.links import page_url
from verbund.accounts.models import ApiToken, Person, Session
from verbund.accounts.probes_entrance import ENTRANCE
from verbund.accounts.services import people, tokens
from verbund.accounts.services.people import create_person
from verbund.exchange.api import partners
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import Municipality
from verbund.kernel.ids import uuid7
from verbund.kernel.probes import Ask, Probe, Run, Stage


def _chief(stage: Stage) -> str:
    return "administrator" if isinstance(stage.scope, Municipality) else "operator"


def _other_role(stage: Stage) -> str:
    return "clerk" if isinstance(stage.scope, Municipality) else "finance"


def _third_role(stage: Stage) -> str:
    return "field_worker" if isinstance(stage.scope, Municipality) else "auditor"


def somebody(stage: Stage) -> Person:
    """A new person the chief can do things to."""
    return create_person(
        email=f"{uuid7()}-{stage.canary}@nachweis.example",
        name=f"Person {stage.canary}",
        role=_other_role(stage),
        password=f"{stage.canary}-pferd-batterie-klammer",
        by=SYSTEM,
        at=clock.now(),
    )


def _with_app(stage: Stage) -> Person:
    person = somebody(stage)
    TOTP.activate(person, base64.b32encode(os.urandom(20)).decode())
    return person


def _invited(stage: Stage) -> Person:
    return people.invite_person(
        email=f"{uuid7()}-{stage.canary}@nachweis.example",
        name=f"Eingeladen {stage.canary}",
        role=_other_role(stage),
        by=SYSTEM,
        at=clock.now(),
    )


def _closed(stage: Stage) -> Person:
    person = somebody(stage)
    people.deactivate_person(person_id=person.pk, by=SYSTEM, at=clock.now())
    return person


def _look(name: str, *, shows: bool = False) -> Probe:
    return lambda stage: Ask(path=page_url(name), role=_chief(stage), shows=shows)


def _press(
    name: str,
    data: Callable[[Stage], dict[str, Any]] = lambda _stage: {},
    *,
    on: Callable[[Stage], Person] = somebody,
) -> Probe:
    """A button on somebody's page."""

    def probe(stage: Stage) -> Ask:
        person = on(stage)
        return Ask(path=page_url(name, person_id=person.pk), role=_chief(stage), data=data(stage))

    return probe


def _person(stage: Stage) -> Ask:
    person = stage.once("accounts.somebody", somebody)
    return Ask(path=page_url("person", person_id=person.pk), role=_chief(stage), shows=True)


def _end_session(stage: Stage) -> Ask:
    person = somebody(stage)
    stage.session(person)
    row = Session.objects.get(person=person)
    path = page_url("end_session", person_id=person.pk, session_id=row.pk)
    return Ask(path=path, role=_chief(stage))


def _end_sessions(stage: Stage) -> Ask:
    person = somebody(stage)
    stage.session(person)
    return Ask(path=page_url("end_sessions", person_id=person.pk), role=_chief(stage))


def _invite(stage: Stage) -> Ask:
    values = {
        "name": f"Neu {stage.canary}",
        "email": f"{uuid7()}-{stage.canary}@nachweis.example",
        "role": _other_role(stage),
    }
    return Ask(path=page_url("invite"), role=_chief(stage), data=values)


def _issue(stage: Stage) -> Ask:
    values = {"name": f"Programm {stage.canary}", "scopes": ["accounts:token:manage"], "valid_until": ""}
    return Ask(path=page_url("tokens"), role=_chief(stage), data=values, shows=True)


def _revoke(stage: Stage) -> Ask:
    token, _text = tokens.issue_token(
        name=f"Alt {stage.canary}", scopes=["accounts:token:manage"], by=SYSTEM, at=clock.now()
    )
    return Ask(path=page_url("revoke_token", token_id=token.pk), role=_chief(stage))


def _adopt(stage: Stage) -> Ask:
    """A key whose issuer is somebody else."""
    token, _text = tokens.issue_token(
        name=f"Verwaist {stage.canary}", scopes=["accounts:token:manage"], by=SYSTEM, at=clock.now()
    )
    ApiToken.objects.filter(pk=token.pk).update(created_by=somebody(stage))
    return Ask(path=page_url("adopt_token", token_id=token.pk), role=_chief(stage))


def _newest(_stage: Stage) -> str:
    """One of the municipalities made for the proof."""
    return str(Tenant.objects.filter(state="ACTIVE").order_by("-number").values_list("number", flat=True)[0])


def _reach(stage: Stage, *, sends: bool) -> Ask:
    return Ask(
        path=f"/personen/{somebody(stage).pk}/kommunen/",
        role=_chief(stage),
        data={"tenants": [stage.once("accounts.newest", _newest)]} if sends else {},
    )


def _policy(stage: Stage) -> Ask:
    return Ask(path=page_url("policy"), role=_chief(stage), data={"requires_second_factor": "on"})


_MANAGED: dict[str, Probe] = {
    "GET {area}:people": _look("people", shows=True),
    "GET {area}:invite": _look("invite"),
    "POST {area}:invite": _invite,
    "POST {area}:policy": _policy,
    "GET {area}:person": _person,
    "POST {area}:renew_invitation": _press("renew_invitation", on=_invited),
    "POST {area}:change_role": _press("change_role", lambda stage: {"role": _third_role(stage)}),
    "POST {area}:deactivate": _press("deactivate", lambda _stage: {"successor": ""}),
    "POST {area}:reactivate": _press("reactivate", on=_closed),
    "POST {area}:reset_factors": _press("reset_factors", lambda _stage: {"reason": "verloren"}, on=_with_app),
    "POST {area}:end_sessions": _end_sessions,
    "POST {area}:end_session": _end_session,
    "GET {area}:tokens": _look("tokens", shows=True),
    "POST {area}:tokens": _issue,
    "POST {area}:revoke_token": _revoke,
    "POST {area}:adopt_token": _adopt,
}


def _stand_in(stage: Stage) -> Person:
    return people.invite_person(
        email=f"{uuid7()}-{stage.canary}@nachweis.example",
        name=f"Vertretung {stage.canary}",
        role=_other_role(stage),
        home=partners()[0].number,
        ends_on=clock.today() + timedelta(days=7),
        by=SYSTEM,
        at=clock.now(),
    )


_STAY: dict[str, Probe] = {
    "POST accounts-staff:change_stay": _press(
        "change_stay",
        lambda _stage: {"ends_on": (clock.today() + timedelta(days=9)).isoformat()},
        on=_stand_in,
    ),
}
_REACH: dict[str, Probe] = {
    "GET accounts-association:reach": lambda stage: _reach(stage, sends=False),
    "POST accounts-association:reach": lambda stage: _reach(stage, sends=True),
}
PROBES: dict[str, Probe] = (
    {
        name.format(area=f"accounts-{area}"): probe
        for area in ("staff", "association")
        for name, probe in _MANAGED.items()
    }
    | ENTRANCE
    | _REACH
    | _STAY
)

COMMANDS: dict[str, Run | str] = {
    "accounts invite": Run(
        arguments=(
            "--tenant", "{slug}", "--email", "befehl@nachweis.example", "--name", "Befehl", "--role", "clerk",
        )
    ),
}  # fmt: skip
