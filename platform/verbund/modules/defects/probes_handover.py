# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages on which a report goes to another municipality, as their rightful owner uses them.

What is handed over waits ten minutes before it leaves: the proof is over by then.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from verbund.exchange.api import Partner, partners
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.kernel.ids import uuid7
from verbund.kernel.ports import IncomingMessage
from verbund.kernel.probes import Ask, Probe, Stage
from verbund.modules.defects import handing_over
from verbund.modules.defects.messages import take_report
from verbund.modules.defects.models import Report
from verbund.modules.defects.probes_objects import MUNICIPALITY, received_report

_CHIEF = "administrator"


def _partner() -> Partner:
    return partners(module="defects")[0]


def _path(name: str, report: Report) -> str:
    return reverse(f"defects-staff:{name}", urlconf=MUNICIPALITY, kwargs={"reference": report.reference})


def _look(stage: Stage) -> Ask:
    return Ask(path=_path("hand-over", received_report(stage)), role=_CHIEF, shows=True)


def _give(stage: Stage) -> Ask:
    values = {"partner": str(_partner().number), "aktion": "abgeben"}
    return Ask(path=_path("hand-over", received_report(stage)), role=_CHIEF, data=values)


def _keep(stage: Stage) -> Ask:
    report = received_report(stage)
    handing_over.hand_over(reference=report.reference, partner=_partner().number, by=SYSTEM, at=clock.now())
    return Ask(path=_path("keep", report), role=_CHIEF)


def _came_in(stage: Stage) -> Report:
    """As if the other had sent it."""
    given, now, other = received_report(stage), clock.now(), _partner()
    body: dict[str, Any] = dict(handing_over.travels(given))
    take_report(
        IncomingMessage(
            id=uuid7(),
            sender=other.number,
            sender_name=other.name,
            kind=handing_over.KIND,
            body=body,
            in_reply_to=None,
            sent_at=now,
            at=now,
        )
    )
    return Report.objects.latest("pk")


def _look_back(stage: Stage) -> Ask:
    report = stage.once("defects.came_in", _came_in)
    return Ask(path=_path("hand-back", report), role=_CHIEF)


def _give_back(stage: Stage) -> Ask:
    values = {"reason": f"Landesstraße {stage.canary}"}
    return Ask(path=_path("hand-back", _came_in(stage)), role=_CHIEF, data=values)


HANDOVER: dict[str, Probe] = {
    "GET defects-staff:hand-over": _look,
    "POST defects-staff:hand-over": _give,
    "POST defects-staff:keep": _keep,
    "GET defects-staff:hand-back": _look_back,
    "POST defects-staff:hand-back": _give_back,
}
