# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of places, and the page behind a label, as their rightful owners use them."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.kernel.probes import Ask, Probe, Stage
from verbund.places import queries
from verbund.places.kinds import PlaceKind
from verbund.places.models import Place
from verbund.places.placing import PlaceInput, create_place, retire_place
from verbund.places.shapes import point

_CLERK = "clerk"


def _at(name: str, **arguments: object) -> str:
    return reverse(name, urlconf="verbund.config.urls.municipality", kwargs=arguments)


def _place(stage: Stage) -> Place:
    west, south, _east, _north = queries.bounding_box() or (13.7, 51.8, 13.7, 51.8)
    given = PlaceInput(
        kind=PlaceKind.ASSET,
        name=f"Bank {stage.canary}",
        category=f"Bank {stage.canary}",
        address=f"Gasse {stage.canary}",
        description=f"Steht gut {stage.canary}",
        internal_note=f"Wackelt {stage.canary}",
        geometry=point(south, west),
        is_public=True,
    )
    return create_place(given=given, by=SYSTEM, at=clock.now())


def _fields(stage: Stage) -> dict[str, str]:
    return {
        "kind": "asset",
        "name": f"Laterne {stage.canary}",
        "category": f"Laterne {stage.canary}",
        "latitude": "51.8",
        "longitude": "13.7",
    }


def _list(name: str) -> Probe:
    def probe(stage: Stage) -> Ask:
        stage.once("places.place", _place)
        return Ask(path=_at(name), role=_CLERK, shows=True, is_common=True)

    return probe


def _one(
    name: str,
    *,
    role: str = _CLERK,
    fields: Callable[[Stage], dict[str, str]] | None = None,
    shows: bool = False,
) -> Probe:
    """Numbers count up in each municipality, so the same address exists elsewhere with another place behind it."""

    def probe(stage: Stage) -> Ask:
        path = _at(name, reference=_place(stage).reference)
        return Ask(path=path, role=role, shows=shows, is_common=True, data=fields(stage) if fields else {})

    return probe


def _retired(stage: Stage) -> Ask:
    place = _place(stage)
    retire_place(place_id=place.pk, by=SYSTEM, at=clock.now())
    return Ask(
        path=_at("places-staff:revive", reference=place.reference),
        role=_CLERK,
        is_common=True,
        data={"ja": "1"},
    )


PROBES: dict[str, Probe] = {
    "GET places:place": _one("places:place", role="", shows=True),
    "GET places:point": _one("places:point", role="", shows=True),
    "GET places-staff:list": _list("places-staff:list"),
    "GET places-staff:points": _list("places-staff:points"),
    "GET places-staff:labels": _list("places-staff:labels"),
    "GET places-staff:new": lambda _stage: Ask(path=_at("places-staff:new"), role=_CLERK, is_common=True),
    "POST places-staff:new": lambda stage: Ask(
        path=_at("places-staff:new"), role=_CLERK, data=_fields(stage), is_common=True
    ),
    "GET places-staff:place": _one("places-staff:place", shows=True),
    "GET places-staff:point": _one("places-staff:point", shows=True),
    "GET places-staff:edit": _one("places-staff:edit", shows=True),
    "POST places-staff:edit": _one("places-staff:edit", fields=_fields),
    "POST places-staff:retire": _one("places-staff:retire", fields=lambda _stage: {"ja": "1"}),
    "POST places-staff:revive": _retired,
}
