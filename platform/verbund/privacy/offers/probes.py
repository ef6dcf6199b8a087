# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Offers to the archive as their rightful owners use them; who keeps something to be offered shows how an offer is made."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from verbund.accounts.api import actor_for
from verbund.kernel import clock
from verbund.kernel.actors import Actor
from verbund.kernel.ids import uuid7
from verbund.kernel.probes import Ask, Probe, Stage
from verbund.privacy.offers.deciding import note_answer
from verbund.privacy.offers.models import Offer, OfferedRecord

_CHIEF = "administrator"
_KIND = "defects.report"


def _at(name: str, **arguments: object) -> str:
    return reverse(f"privacy-staff:{name}", urlconf="verbund.config.urls.municipality", kwargs=arguments)


def _offer(stage: Stage) -> Offer:
    """One whose record is gone already, so that nothing has to be ten years old."""
    now = clock.now()
    number = uuid7().int % 10**6 + 1000
    offer = Offer.objects.create(
        slug=_KIND, number=number, offered_at=now, answer_by=clock.today() + timedelta(days=180)
    )
    OfferedRecord.objects.create(
        offer=offer, slug=_KIND, key=f"M-{number}-{stage.canary}"[:60], subject=f"Akte {stage.canary}", closed_at=now
    )  # fmt: skip
    return offer


def _taken(stage: Stage) -> int:
    offer = _offer(stage)
    key = offer.records.values_list("key", flat=True)[0]
    note_answer(number=offer.number, taken=[key], by=_actor(stage), at=clock.now())
    return offer.number


def _actor(stage: Stage) -> Actor:
    return actor_for(stage.person(_CHIEF))


def _list(stage: Stage) -> Ask:
    _offer(stage)
    return Ask(path=_at("offers"), role=_CHIEF, is_common=True)


PROBES: dict[str, Probe] = {
    "GET privacy-staff:offers": _list,
    "GET privacy-staff:offer-duty": lambda _stage: Ask(
        path=_at("offer-duty", slug=_KIND), role=_CHIEF, is_common=True
    ),
    "POST privacy-staff:offer-duty": lambda _stage: Ask(
        path=_at("offer-duty", slug=_KIND),
        role=_CHIEF,
        data={"is_offered": "on", "months": "6", "reason": "Nachweis"},
        is_common=True,
    ),
    "GET privacy-staff:offer": lambda stage: Ask(
        path=_at("offer", number=_offer(stage).number), role=_CHIEF, shows=True
    ),
    "POST privacy-staff:offer": lambda stage: Ask(
        path=_at("offer", number=_offer(stage).number), role=_CHIEF, data={}
    ),
    "POST privacy-staff:offer-handover": lambda stage: Ask(
        path=_at("offer-handover", number=_taken(stage)), role=_CHIEF, data={}
    ),
    "GET privacy-staff:offer-download": lambda stage: Ask(
        path=_at("offer-download", number=_offer(stage).number), role=_CHIEF
    ),
}
