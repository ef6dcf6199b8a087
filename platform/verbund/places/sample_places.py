# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A few made-up places for demo municipalities, beside houses of the made-up address list."""

from __future__ import annotations

from shapely import affinity
from shapely.geometry import box

from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import Municipality
from verbund.places import services
from verbund.places.kinds import PlaceKind
from verbund.places.models import Address, Place
from verbund.places.placing import PlaceInput, create_place
from verbund.places.shapes import point

_SIDE = 0.0003  # degrees: some thirty metres
_PLACES = (
    (PlaceKind.ASSET, "Bank an der Linde", "Bank", "Sitzbank aus Eiche, 2024 erneuert.", True),
    (PlaceKind.AREA, "Spielplatz am Anger", "Spielplatz", "Für Kinder bis 12 Jahre.", True),
    (PlaceKind.ASSET, "Schaukel", "Spielgerät", "Doppelschaukel mit Fallschutz.", True),
    (PlaceKind.ASSET, "Schaukasten", "Aushang", "Bekanntmachungen der Verwaltung.", True),
    (PlaceKind.ASSET, "Laterne 14", "Laterne", "", False),
    (PlaceKind.ASSET, "Löschwasserbrunnen", "Brunnen", "", False),
)


def load(municipality: Municipality) -> None:
    """Addresses first, then places next to some of them; nothing where places were entered already."""
    services.load_sample(municipality)
    with context.enter(municipality):
        houses = list(Address.objects.filter(is_demo=True)[: 12 * len(_PLACES) : 12])
        if Place.objects.exists():
            return
        for house, (kind, name, category, description, is_public) in zip(houses, _PLACES, strict=False):
            spot = point(house.lat + _SIDE / 3, house.lon + _SIDE / 3)
            square = affinity.translate(box(0, 0, _SIDE, _SIDE), spot.x, spot.y)
            create_place(
                given=PlaceInput(
                    kind=kind,
                    name=name,
                    category=category,
                    description=description,
                    is_public=is_public,
                    address=f"{house.street} {house.house_number}",
                    geometry=square if kind == PlaceKind.AREA else spot,
                ),
                by=SYSTEM,
                at=clock.now(),
            )
