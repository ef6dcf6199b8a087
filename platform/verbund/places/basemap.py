# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The boundaries shipped with the platform: public geodata of all members, the same for every municipality."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from verbund.places.geometry import Bounds

if TYPE_CHECKING:
    from collections.abc import Mapping

ATTRIBUTION = "© GeoBasis-DE / BKG 2021 (Daten verändert), dl-de/by-2-0"
DATA = Path(__file__).parent / "data"

Ring = tuple[tuple[float, float], ...]  # (lon, lat) in degrees, closed


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyShape:
    """A municipality's outline in EPSG:4326, generalised to some tens of points."""

    ags: str
    name: str
    rings: tuple[Ring, ...]
    bounds: Bounds
    wkb: bytes
    label_lat: float
    label_lon: float


@lru_cache(maxsize=1)
def body_shapes() -> Mapping[str, BodyShape]:
    """All shipped outlines by AGS."""
    return read_shapes((DATA / "bodies.geojson").read_text(encoding="utf-8"))


def read_shapes(geojson: str) -> Mapping[str, BodyShape]:
    """Outlines of a GeoJSON FeatureCollection whose features carry ``ags`` and ``name``.

    Raises:
        ValueError: it is not such a collection; KeyError: a feature lacks one of the two.
    """
    shapes = {}
    for feature in json.loads(geojson)["features"]:
        properties = feature["properties"]
        shapes[properties["ags"]] = shape_of(
            properties["ags"], properties["name"], shape(feature["geometry"])
        )
    return MappingProxyType(shapes)


def shape_of(ags: str, name: str, geometry: BaseGeometry) -> BodyShape:
    """An outline as the map draws it."""
    polygons = getattr(geometry, "geoms", [geometry])
    inside = (
        geometry.representative_point() if not geometry.contains(geometry.centroid) else geometry.centroid
    )
    return BodyShape(
        ags=ags,
        name=name,
        rings=tuple(tuple((x, y) for x, y, *_ in polygon.exterior.coords) for polygon in polygons),
        bounds=geometry.bounds,
        wkb=geometry.wkb,
        label_lat=inside.y,
        label_lon=inside.x,
    )
