# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Map and address search as anybody uses them; addresses are the municipality's own."""

from __future__ import annotations

from django.urls import reverse

from verbund.kernel import context
from verbund.kernel.context import Municipality
from verbund.kernel.probes import Ask, Probe, Run, Stage
from verbund.kernel.sorting import sort_key
from verbund.places.models import Address
from verbund.places.probes_ground import PROBES as GROUND
from verbund.places.probes_register import PROBES as REGISTER
from verbund.places.streets import house_number_key

_URLCONFS = {"": "verbund.config.urls.municipality", "-association": "verbund.config.urls.association"}
_TILE = {"z": 12, "x": 2201, "y": 1353}


def _tile(name: str, host: str) -> Probe:
    path = reverse(f"places{host}:{name}", urlconf=_URLCONFS[host], kwargs=_TILE)
    return lambda _stage: Ask(path=path, is_common=True)


def _house(stage: Stage) -> bool:
    place = context.current()
    street = f"Gasse {stage.canary}"
    Address.objects.create(
        street=street,
        house_number="7",
        postal_code="15926",
        place=place.name if isinstance(place, Municipality) else "",
        lat=51.8,
        lon=13.7,
        street_sort_key=sort_key(street),
        number_sort_key=house_number_key("7"),
    )
    return True


def _addresses(stage: Stage) -> Ask:
    stage.once("places.house", _house)
    return Ask(
        path=f"/orte/adressen?q=Gasse {stage.canary} 7", headers={"Accept": "application/json"}, shows=True
    )


PROBES: dict[str, Probe] = {
    **GROUND,
    **REGISTER,
    "GET places:addresses": _addresses,
    **{
        f"GET places{host}:{name}": (lambda stage, name=name, host=host: _tile(name, host)(stage))  # type: ignore[misc]  # bound per entry
        for host in _URLCONFS
        for name in ("tile", "tile-fine")
    },
}

COMMANDS: dict[str, Run | str] = {
    "places import": "liest eine Datei des Verbands; über HTTP steht dasselbe bei POST places-staff:addresses-apply",
}
