# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Places as the office enters them."""

from __future__ import annotations

from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.places.kinds import PlaceKind
from verbund.places.models import Place
from verbund.places.placing import PlaceInput, create_place
from verbund.places.shapes import point, read_geometry

HERE = (51.8005, 13.6105)


def area(lat: float = HERE[0], lon: float = HERE[1], *, size: float = 0.001) -> dict[str, object]:
    """A square as GeoJSON with its south-western corner there."""
    ring = [[lon, lat], [lon + size, lat], [lon + size, lat + size], [lon, lat + size], [lon, lat]]
    return {"type": "Polygon", "coordinates": [ring]}


def given(
    *, lat: float = HERE[0], lon: float = HERE[1], geojson: object = None, **values: object
) -> PlaceInput:
    geometry = point(lat, lon) if geojson is None else read_geometry(geojson)
    words = {"kind": PlaceKind.ASSET, "name": "Bank an der Linde", "category": "Bank", "is_public": True}
    return PlaceInput(geometry=geometry, **{**words, **values})  # type: ignore[arg-type]  # fields by name


def make_place(**values: object) -> Place:
    return create_place(given=given(**values), by=SYSTEM, at=clock.now())  # type: ignore[arg-type]  # fields by name
