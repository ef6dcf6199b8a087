# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The public pages, and where the administration writes them, as their rightful owners use them."""

from __future__ import annotations

from django.urls import reverse

from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.kernel.probes import Ask, Probe, Rehearsed, Run, Stage
from verbund.public.feedback import submit_feedback
from verbund.public.kinds import PageKind
from verbund.public.probes_association import PROBES as ASSOCIATION
from verbund.public.services import confirm_page, save_contact_details, write_page

_URLCONF = "verbund.config.urls.municipality"
_CHIEF = "administrator"


def _at(name: str, **arguments: object) -> str:
    return reverse(name, urlconf=_URLCONF, kwargs=arguments)


def _written(stage: Stage) -> bool:
    """Every text and the contact details carry the canary."""
    now = clock.now()
    save_contact_details(values=_contact_values(stage), by=SYSTEM, at=now)
    for kind in PageKind:
        page = write_page(kind=kind, body=f"## {kind.label}\n\n{stage.canary}", by=SYSTEM, at=now)
        confirm_page(kind=kind, version=page.version, by=SYSTEM, at=now)
    return True


def _contact_values(stage: Stage) -> dict[str, str]:
    return {
        "street_address": f"Am Markt 5 {stage.canary}",
        "postal_code": "15926",
        "town": f"Ort {stage.canary}",
        "email": f"amt-{stage.canary}@nachweis.example",
    }


def _page(name: str, *, role: str = "", shows: bool = False, **arguments: object) -> Probe:
    def probe(stage: Stage) -> Ask:
        stage.once("public.written", _written)
        return Ask(path=_at(name, **arguments), role=role, shows=shows, is_common=True)

    return probe


def _report_barrier(stage: Stage) -> Ask:
    """Rehearsed, because the association has the same page: what strangers send there would reach its people."""
    values = {
        "message": f"Ging nicht auf {stage.canary}.",
        "address": "",
        "name": f"Erika {stage.canary}",
        "email": f"erika-{stage.canary}@nachweis.example",
        "website": "",
    }
    return Ask(path=_at("public:barrier-feedback"), data=values)


def _draft(stage: Stage) -> int:
    body = f"## Neu {stage.canary} {clock.now().isoformat()}"
    return write_page(kind=PageKind.LEICHTE_SPRACHE, body=body, by=SYSTEM, at=clock.now()).version


def _save_page(stage: Stage) -> Ask:
    data = {"body": f"## Ganz neu {stage.canary} {clock.now().isoformat()}", "aktion": "speichern"}
    return Ask(path=_at("public-staff:page", kind="kontakt"), role=_CHIEF, data=data, is_common=True)


def _confirm(stage: Stage) -> Ask:
    data = {"fassung": str(_draft(stage))}
    return Ask(
        path=_at("public-staff:confirm", kind="leichte-sprache"), role=_CHIEF, data=data, is_common=True
    )


def _version(stage: Stage) -> Ask:
    """The number counts up in each municipality, so the same address exists elsewhere with another text."""
    path = _at("public-staff:version", kind="leichte-sprache", number=_draft(stage))
    return Ask(path=path, role=_CHIEF, shows=True, is_common=True)


def _feedback(stage: Stage) -> int:
    return submit_feedback(
        message=f"Das Menü ging nicht auf {stage.canary}.",
        address="",
        name=f"Erika {stage.canary}",
        email=f"erika-{stage.canary}@nachweis.example",
        at=clock.now(),
    ).pk


def _see_feedback(stage: Stage) -> Ask:
    path = _at("public-staff:feedback", feedback_id=_feedback(stage))
    return Ask(path=path, role="clerk", shows=True)


def _answer_feedback(stage: Stage) -> Ask:
    path = _at("public-staff:feedback", feedback_id=_feedback(stage))
    return Ask(path=path, role="clerk", data={"text": f"Geht wieder auf {stage.canary}.", "is_last": "on"})


def _close_feedback(stage: Stage) -> Ask:
    return Ask(path=_at("public-staff:feedback-close", feedback_id=_feedback(stage)), role="clerk")


PROBES: dict[str, Probe] = {
    **ASSOCIATION,
    "GET public:start": _page("public:start"),
    "GET public:barrier-feedback": _page("public:barrier-feedback"),
    "POST public:barrier-feedback": Rehearsed(_report_barrier),
    "GET public:barrier-feedback-sent": _page("public:barrier-feedback-sent"),
    "GET public:robots": _page("public:robots"),
    **{f"GET public:{kind.value}": _page(f"public:{kind.value}", shows=True) for kind in PageKind},
    "GET public-staff:pages": _page("public-staff:pages", role=_CHIEF),
    "GET public-staff:contact": _page("public-staff:contact", role=_CHIEF, shows=True),
    "POST public-staff:contact": lambda stage: Ask(
        path=_at("public-staff:contact"), role=_CHIEF, data=_contact_values(stage)
    ),
    "GET public-staff:page": _page("public-staff:page", role=_CHIEF, shows=True, kind="kontakt"),
    "POST public-staff:page": _save_page,
    "POST public-staff:confirm": _confirm,
    "GET public-staff:version": _version,
    "GET public-staff:feedback": _see_feedback,
    "POST public-staff:feedback": _answer_feedback,
    "POST public-staff:feedback-close": _close_feedback,
}

COMMANDS: dict[str, Run | str] = {
    "texts list": Run(arguments=("--tenant", "{slug}", "--json")),
    "texts show": Run(arguments=("--tenant", "{slug}", "--page", "kontakt")),
    "texts set": Run(arguments=("--tenant", "{slug}", "--page", "kontakt", "--file", "/dev/null")),
    "texts contact": Run(arguments=("--tenant", "{slug}", "--phone", "03375 1")),
    "texts confirm": Run(arguments=("--tenant", "{slug}", "--page", "leichte-sprache")),
}
