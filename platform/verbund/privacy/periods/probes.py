# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Periods and holds as their rightful owners use them."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from verbund.accounts.api import actor_for
from verbund.cases import spine
from verbund.cases.phases import Phase
from verbund.kernel import clock
from verbund.kernel.ids import uuid7
from verbund.kernel.probes import Ask, Probe, Run, Stage
from verbund.privacy.periods.holding import hold_case
from verbund.privacy.periods.models import Why

_CHIEF, _CLERK = "administrator", "clerk"
_KIND = "public.feedback"


def _at(name: str, **arguments: str) -> str:
    return reverse(f"privacy-staff:{name}", urlconf="verbund.config.urls.municipality", kwargs=arguments)


def _case(stage: Stage) -> str:
    facts = spine.Facts(
        subject=f"Vorgang {stage.canary}", state="WAITING", phase=Phase.OPEN, received_at=clock.now()
    )
    number = uuid7().int % 10**12
    return spine.open_case(kind=_KIND, facts=facts, at=clock.now(), reference=f"BF-{number}").reference


def _held(stage: Stage) -> str:
    reference = _case(stage)
    hold_case(
        reference=reference,
        why=Why.DISPUTE,
        until_on=clock.today() + timedelta(days=90),
        by=actor_for(stage.person(_CLERK)),
        at=clock.now(),
    )
    return reference


def _hold(stage: Stage) -> Ask:
    data = {"why": "DISPUTE", "until_on": (clock.today() + timedelta(days=30)).isoformat()}
    return Ask(path=_at("hold", reference=_case(stage)), role=_CLERK, data=data)


PROBES: dict[str, Probe] = {
    "GET privacy-staff:periods": lambda _stage: Ask(path=_at("periods"), role=_CHIEF, is_common=True),
    "GET privacy-staff:period": lambda _stage: Ask(
        path=_at("period", slug=_KIND), role=_CHIEF, is_common=True
    ),
    "POST privacy-staff:period": lambda _stage: Ask(
        path=_at("period", slug=_KIND),
        role=_CHIEF,
        data={"months": "36", "reason": "Nachweis"},
        is_common=True,
    ),
    "GET privacy-staff:hold": lambda stage: Ask(
        path=_at("hold", reference=_case(stage)), role=_CLERK, shows=True
    ),
    "POST privacy-staff:hold": _hold,
    "POST privacy-staff:hold-release": lambda stage: Ask(
        path=_at("hold-release", reference=_held(stage)), role=_CLERK, data={}
    ),
}

COMMANDS: dict[str, Run | str] = {
    "privacy due": Run(arguments=("--slug", "{slug}", "--json")),
    "privacy delete": Run(arguments=("--slug", "{slug}", "--dry-run")),
}
