# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The requests of single persons as their rightful owners use them."""

from __future__ import annotations

from django.urls import reverse

from verbund.cases.models import CaseCounter
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.probes import Ask, Probe, Run, Stage
from verbund.privacy.persons import looking, requests
from verbund.privacy.persons.models import Identity, Kind, PersonRequest

_CHIEF = "administrator"
_SOMEBODY = ("--person", "niemand@nachweis.example", "--slug", "{slug}")

COMMANDS: dict[str, Run | str] = {
    "privacy export": Run(arguments=(*_SOMEBODY, "--json")),
    "privacy incident": Run(
        arguments=(
            "--slug",
            "{slug}",
            "--description",
            "Nachweis",
            "--json",
            "--since",
            "2026-01-01T00:00",
            "--until",
            "2026-01-02T00:00",
            "--noticed",
            "2026-01-02T08:00",
        )
    ),
    "privacy erase": Run(arguments=(*_SOMEBODY, "--confirm", "{slug}")),
}


def _at(name: str, wanted: PersonRequest | None = None) -> str:
    given = {"reference": wanted.reference} if wanted else {}
    return reverse(f"privacy-staff:{name}", urlconf="verbund.config.urls.municipality", kwargs=given)


def _numbers_apart(_stage: Stage) -> bool:
    """References count up in each municipality; here no number occurs in two of them."""
    last = context.current_municipality().number * 1000
    CaseCounter.objects.update_or_create(prefix="DS", year=clock.today().year, defaults={"last": last})
    return True


def _recorded(stage: Stage, kind: Kind = Kind.ACCESS, identity: str = Identity.IN_PERSON) -> PersonRequest:
    stage.once("privacy.numbers", _numbers_apart)
    return requests.record_request(
        kind=kind,
        email=_email(stage),
        received_on=clock.today(),
        identity=identity,
        by=SYSTEM,
        at=clock.now(),
    )


def _email(stage: Stage) -> str:
    return f"erika-{stage.canary}@nachweis.example"


def _list(stage: Stage) -> Ask:
    stage.once("privacy.request", _recorded)
    return Ask(path=_at("requests"), role=_CHIEF)


def _new(stage: Stage) -> Ask:
    data = {"kind": Kind.ERASURE.value, "email": _email(stage), "received_on": clock.today().isoformat()}
    return Ask(path=_at("request-new"), role=_CHIEF, data=data)


def _identity(stage: Stage) -> Ask:
    data = {"identity": Identity.POST.value}
    return Ask(path=_at("request-identity", _recorded(stage, identity="")), role=_CHIEF, data=data)


def _erase(stage: Stage, *, sends: bool) -> Ask:
    wanted = _recorded(stage, Kind.ERASURE)
    seen = looking.look(_email(stage), at=clock.now()).fingerprint
    session = stage.session(stage.person(_CHIEF))
    path = _at("request-erase", wanted)
    if not sends:
        return Ask(path=path, role=_CHIEF, session=session, shows=True)
    return Ask(path=path, role=_CHIEF, session=session, data={"sure": "on", "seen": seen})


def _close(stage: Stage) -> Ask:
    return Ask(path=_at("request-close", _recorded(stage)), role=_CHIEF, data={"result": "ANSWERED"})


PROBES: dict[str, Probe] = {
    "GET privacy-staff:requests": _list,
    "GET privacy-staff:request-new": lambda _stage: Ask(path=_at("request-new"), role=_CHIEF),
    "POST privacy-staff:request-new": _new,
    "GET privacy-staff:request": lambda stage: Ask(
        path=_at("request", _recorded(stage)), role=_CHIEF, shows=True
    ),
    "POST privacy-staff:request-identity": _identity,
    "GET privacy-staff:request-erase": lambda stage: _erase(stage, sends=False),
    "POST privacy-staff:request-erase": lambda stage: _erase(stage, sends=True),
    "POST privacy-staff:request-close": _close,
    "GET privacy-staff:request-pdf": lambda stage: Ask(
        path=_at("request-pdf", _recorded(stage)), role=_CHIEF
    ),
}
