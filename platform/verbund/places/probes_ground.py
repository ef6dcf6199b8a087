# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The administration's pages about its ground, as it uses them."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.urls import reverse

from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.kernel.probes import Ask, Probe, Stage, Upload
from verbund.places import importing, queries
from verbund.places.boundaries import upload_boundary
from verbund.places.models import Boundary
from verbund.places.shapes import to_geojson

_CHIEF = "administrator"


def _at(name: str) -> str:
    return reverse(f"places-staff:{name}", urlconf="verbund.config.urls.municipality")


def _list(stage: Stage) -> bytes:
    west, south, _east, _north = queries.bounding_box() or (13.7, 51.8, 13.7, 51.8)
    house = f"Gasse {stage.canary};x;15926;Ort;{south};{west}"
    lines = ("street;number;postcode;place;lat;lon", house)
    return "\n".join(lines).encode()


def _file(stage: Stage) -> Upload:
    return Upload(name=f"adressen-{stage.canary}.csv", content=_list(stage), media_type="text/csv")


def _waiting(stage: Stage) -> None:
    importing.upload_addresses(
        name=f"adressen-{stage.canary}.csv", content=_list(stage), by=SYSTEM, at=clock.now()
    )


def _with_file(name: str, *, shows: bool = False, post: bool = True) -> Callable[[Stage], Ask]:
    def probe(stage: Stage) -> Ask:
        _waiting(stage)
        return Ask(path=_at(name), role=_CHIEF, shows=shows, is_common=True, data={"ja": "1"} if post else {})

    return probe


def _outline(stage: Stage) -> bytes:
    """The outline that is known already, with a name nobody else has."""
    feature = {
        "type": "Feature",
        "properties": {"name": stage.canary},
        "geometry": to_geojson(bytes(Boundary.objects.get().wkb)),
    }
    return json.dumps(feature).encode()


def _outline_file(stage: Stage) -> Upload:
    name = f"grenze-{stage.canary}.geojson"
    return Upload(name=name, content=_outline(stage), media_type="application/geo+json")


def _with_outline(
    name: str, *, shows: bool = False, data: Callable[[Stage], dict[str, str]] | None = None
) -> Callable[[Stage], Ask]:
    def probe(stage: Stage) -> Ask:
        upload_boundary(
            name=f"grenze-{stage.canary}.geojson", content=_outline(stage), by=SYSTEM, at=clock.now()
        )
        return Ask(path=_at(name), role=_CHIEF, shows=shows, is_common=True, data=data(stage) if data else {})

    return probe


PROBES: dict[str, Probe] = {
    "GET places-staff:boundary": _with_outline("boundary", shows=True),
    "GET places-staff:boundary-outline": _with_outline("boundary-outline"),
    "POST places-staff:boundary": lambda stage: Ask(
        path=_at("boundary"), role=_CHIEF, data={"file": _outline_file(stage)}
    ),
    "POST places-staff:boundary-apply": _with_outline(
        "boundary-apply", data=lambda stage: {"source": f"Kataster {stage.canary}"}
    ),
    "POST places-staff:boundary-discard": _with_outline("boundary-discard", data=lambda _stage: {"ja": "1"}),
    "POST places-staff:boundary-reset": lambda _stage: Ask(
        path=_at("boundary-reset"), role=_CHIEF, data={"ja": "1"}, is_common=True
    ),
    "GET places-staff:addresses": _with_file("addresses", shows=True, post=False),
    "POST places-staff:addresses": lambda stage: Ask(
        path=_at("addresses"), role=_CHIEF, data={"file": _file(stage)}
    ),
    "POST places-staff:addresses-apply": _with_file("addresses-apply"),
    "POST places-staff:addresses-discard": _with_file("addresses-discard"),
}
