# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every page and interface of the Mängelmelder as its rightful owner uses it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse

from verbund.accounts.services.tokens import issue_token
from verbund.kernel import clock, context
from verbund.kernel.actors import CITIZEN, SYSTEM
from verbund.kernel.ids import uuid7
from verbund.kernel.probes import Ask, Probe, Stage
from verbund.modules.defects import drafting, handling, releasing
from verbund.modules.defects.handling import Wanted
from verbund.modules.defects.models import Report
from verbund.modules.defects.probes_handover import HANDOVER
from verbund.modules.defects.probes_objects import (
    CATEGORY,
    MUNICIPALITY,
    photo,
    received_report,
    spot,
)
from verbund.modules.defects.probes_reporting import REPORTING
from verbund.modules.defects.states import State

_CLERK, _CHIEF = "clerk", "administrator"


def _at(name: str, **arguments: Any) -> str:
    return reverse(name, urlconf=MUNICIPALITY, kwargs=arguments)


def _kept_photos() -> tuple[UUID, ...]:
    draft_id = drafting.keep_draft(draft_id=None, by=CITIZEN, at=clock.now())
    drafting.add_photos(draft_id=draft_id, uploads=[photo()], by=CITIZEN, at=clock.now())
    return tuple(drafting.contents_of(draft_id).photo_ids)


def _public(stage: Stage) -> Report:
    """Worked on and released, with an answer: everybody of this municipality's visitors may read it."""
    report = received_report(stage, photos=_kept_photos())
    now = clock.now()
    handling.assign_report(reference=report.reference, person_id=stage.person(_CLERK).pk, by=SYSTEM, at=now)
    for wanted in (
        Wanted(state=State.SCHEDULED, answer=f"Termin {stage.canary}", expected_on=clock.today()),
        Wanted(
            state=State.FORWARDED,
            answer=f"Auskunft {stage.canary}",
            reason="geprüft",
            forwarded_to=f"Betrieb {stage.canary}",
            expected_on=clock.today(),
        ),
    ):
        handling.change_state(reference=report.reference, wanted=wanted, by=SYSTEM, at=now)
    releasing.release_contents(
        reference=report.reference,
        public_description=f"Laterne {stage.canary}",
        photo_ids=list(report.photos.values_list("pk", flat=True)),
        by=SYSTEM,
        at=now,
    )
    _closed(stage, original=report.reference)
    return Report.objects.get(pk=report.pk)


def _closed(stage: Stage, *, original: str) -> None:
    """One that is done, and one that repeats another: every field of the interfaces has a value somewhere."""
    for wanted in (
        Wanted(state=State.DONE, answer=f"Erledigt {stage.canary}", reason="geprüft"),
        Wanted(state=State.DUPLICATE, reason="geprüft", original=original),
    ):
        handling.change_state(
            reference=received_report(stage).reference, wanted=wanted, by=SYSTEM, at=clock.now()
        )


def public_report(stage: Stage) -> Report:
    return stage.once("defects.public", _public)


def _page(name: str, *, role: str = "", shows: bool = True) -> Probe:
    """A page without arguments, with a report to be seen."""

    def probe(stage: Stage) -> Ask:
        public_report(stage)
        return Ask(path=_at(name), role=role, shows=shows)

    return probe


def _report_page(name: str, *, role: str = "") -> Probe:
    return lambda stage: Ask(path=_at(name, reference=public_report(stage).reference), role=role, shows=True)


def _press(name: str, prefix: str, **values: str) -> Probe:
    """A form on a new report's page of the office; values may hold `{canary}`."""

    def probe(stage: Stage) -> Ask:
        said = {
            f"{prefix}-{field}" if prefix else field: text.format(canary=stage.canary)
            for field, text in values.items()
        }
        path = _at(f"defects-staff:{name}", reference=received_report(stage).reference)
        return Ask(path=path, role=_CHIEF, data=said)

    return probe


def _step(stage: Stage) -> Ask:
    values = {
        "schritt": "IN_REVIEW",
        "in_review-answer": f"Auskunft {stage.canary}",
        "in_review-reason": "geprüft",
    }
    return Ask(
        path=_at("defects-staff:step", reference=received_report(stage).reference), role=_CHIEF, data=values
    )


def _assign(stage: Stage) -> Ask:
    path = _at("defects-staff:assign", reference=received_report(stage).reference)
    return Ask(path=path, role=_CHIEF, data={"zustaendig-person": str(stage.person(_CLERK).pk)})


def _contact(stage: Stage) -> Ask:
    report = received_report(stage, name=f"Erika {stage.canary}", phone="03375 1234")
    path = _at("defects-staff:contact", reference=report.reference)
    return Ask(path=path, role=_CHIEF, shows=True)


def _category(_stage: Stage, **more: Any) -> Ask:
    return Ask(path=_at("defects-staff:category", code=CATEGORY), role=_CHIEF, is_common=True, **more)


def _settings(stage: Stage) -> Ask:
    values = {"mailbox": f"amt-{stage.canary}@nachweis.example", "answer_working_days": "3"}
    return Ask(path=_at("defects-staff:settings"), role=_CHIEF, data=values)


def _redact_page(stage: Stage) -> Ask:
    report = received_report(stage, photos=_kept_photos())
    path = _at("defects-staff:redact", reference=report.reference, photo_id=report.photos.get().pk)
    return Ask(path=path, role=_CLERK)


def _redact(stage: Stage) -> Ask:
    return replace(_redact_page(stage), data={"boxes": "10 10 20 20"})


def _photo_page(stage: Stage) -> Ask:
    """Not released: only the office may see it."""
    kept = _kept_photos()
    received_report(stage, photos=kept)
    return Ask(path=_at("files:photo", file_id=kept[0], size=400), role=_CLERK)


# -- interfaces for programs -----------------------------------------------------------------------


def _api_report(stage: Stage) -> Ask:
    path = _at("defects-api:report", reference=public_report(stage).reference)
    return Ask(path=path, role=_CLERK, shows=True)


def _api_step(stage: Stage) -> Ask:
    values = {"state": "IN_REVIEW", "answer": f"Auskunft {stage.canary}", "reason": "geprüft"}
    path = _at("defects-api:report-state", reference=received_report(stage).reference)
    return Ask(path=path, role=_CHIEF, data=values, is_json=True, shows=True)


def _key(stage: Stage) -> str:
    """The key of an app that may hand reports in."""

    def issue(_stage: Stage) -> str:
        _token, text = issue_token(
            name=f"App {stage.canary}", scopes=["defects:report:submit"], by=SYSTEM, at=clock.now()
        )
        return text

    return stage.once("defects.key", issue)


def _open311(name: str, *, shows: bool = False, is_common: bool = True, **arguments: str) -> Probe:
    """The same on both hosts: the association's takes the municipality from a parameter."""

    def probe(stage: Stage, *, host: str) -> Ask:
        report = public_report(stage)
        names = {
            "form": "json",
            **{key: value.format(reference=report.reference) for key, value in arguments.items()},
        }
        path = reverse(f"defects{host}:open311-{name}", urlconf=_URLCONFS[host], kwargs=names)
        query = "?extensions=true" + (
            f"&jurisdiction_id={context.current_municipality().slug}" if host else ""
        )
        return Ask(path=path + query, shows=shows, is_common=is_common, opens=not is_common)

    return probe  # type: ignore[return-value]  # bound to its host below


def _open311_new(stage: Stage, *, host: str) -> Ask:
    latitude, longitude = spot()
    values = {
        "api_key": _key(stage),
        "service_code": CATEGORY,
        "lat": f"{latitude}",
        "long": f"{longitude}",
        "description": f"Laterne {stage.canary}",
    }
    if host:
        values["jurisdiction_id"] = context.current_municipality().slug
    path = reverse(f"defects{host}:open311-requests", urlconf=_URLCONFS[host], kwargs={"form": "json"})
    return Ask(path=path, data=values, opens=True, status=201)


def _open311_token(stage: Stage, *, host: str) -> Ask:
    """The signed word a program got for its report."""
    made = stage.browser().post(*_posted(stage)).json()
    path = reverse(
        f"defects{host}:open311-token",
        urlconf=_URLCONFS[host],
        kwargs={"form": "json", "text": made[0]["token"]},
    )
    query = f"?jurisdiction_id={context.current_municipality().slug}" if host else ""
    return Ask(path=path + query, opens=True)


def _posted(stage: Stage) -> tuple[str, dict[str, Any]]:
    """With an address the report waits for its confirmation, and the program gets a word instead of a number."""
    ask = _open311_new(stage, host="")
    return ask.path, {**ask.data, "email": f"{uuid7()}-{stage.canary}@nachweis.example"}


_URLCONFS = {"": MUNICIPALITY, "-association": "verbund.config.urls.association"}
_OPEN311: dict[str, Any] = {
    "GET defects{host}:open311-discovery": _open311("discovery"),
    "GET defects{host}:open311-services": _open311("services"),
    "GET defects{host}:open311-service": _open311("service", code=CATEGORY),
    "GET defects{host}:open311-requests": _open311("requests", shows=True),
    "POST defects{host}:open311-requests": _open311_new,
    "GET defects{host}:open311-request": _open311(
        "request", shows=True, is_common=False, reference="{reference}"
    ),
    "GET defects{host}:open311-token": _open311_token,
}


def _on(host: str, probe: Any) -> Probe:
    return lambda stage: probe(stage, host=host)


def _offer_to_archive(stage: Stage) -> Ask:
    """A report whose period is over, so that there is something to offer."""
    report = received_report(stage, photos=())
    closed_at = clock.now() - timedelta(days=3660)
    Report.objects.filter(pk=report.pk).update(state=State.DONE, closed_at=closed_at)
    path = reverse("privacy-staff:offer-make", urlconf=MUNICIPALITY, kwargs={"slug": "defects.report"})
    return Ask(path=path, role="administrator", data={}, is_common=True)


PROBES: dict[str, Probe] = {
    "POST privacy-staff:offer-make": _offer_to_archive,
    **REPORTING,
    **HANDOVER,
    "GET defects:list": _page("defects:list"),
    "GET defects:points": _page("defects:points"),
    "GET defects:report": _report_page("defects:report"),
    "GET defects:point": _report_page("defects:point"),
    "GET defects-staff:list": _page("defects-staff:list", role=_CLERK),
    "GET defects-staff:settings": _page("defects-staff:settings", role=_CHIEF, shows=False),
    "POST defects-staff:settings": _settings,
    "GET defects-staff:category": _category,
    "POST defects-staff:category": lambda stage: _category(stage, data={"mailbox": "", "is_active": "on"}),
    "GET defects-staff:report": _report_page("defects-staff:report", role=_CLERK),
    "POST defects-staff:step": _step,
    "POST defects-staff:answer": _press("answer", "auskunft", answer="Der Bauhof kommt: {canary}"),
    "POST defects-staff:note": _press("note", "notiz", text="Mast 7 {canary}"),
    "POST defects-staff:assign": _assign,
    "POST defects-staff:release": _press("release", "freigabe", public_description="Laterne {canary}"),
    "POST defects-staff:contact": _contact,
    "GET defects-staff:redact": _redact_page,
    "POST defects-staff:redact": _redact,
    "GET files:photo": _photo_page,
    "GET defects-api:categories": _page("defects-api:categories", role=_CLERK, shows=False),
    "GET defects-api:reports": _page("defects-api:reports", role=_CLERK),
    "GET defects-api:report": _api_report,
    "POST defects-api:report-state": _api_step,
    **{
        name.format(host=host): _on(host, probe)
        for host in ("", "-association")
        for name, probe in _OPEN311.items()
    },
}
