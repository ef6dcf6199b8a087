# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads the exact outlines of a municipality's bodies from GeoJSON, and refuses what cannot be theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from django.utils.translation import gettext as _
from shapely import wkb
from shapely.geometry.base import BaseGeometry

from verbund.kernel.context import Body
from verbund.places import basemap
from verbund.places.geometry import Plane
from verbund.places.shapes import BadShape, parse_geojson, read_geometry
from verbund.web.texts import number_text

MOST_BYTES = 10_000_000
_SMALLEST, _LARGEST = 0.5, 1_000.0  # square kilometres
_MOST_DIFFERENT = 2.0  # times the area of the shipped outline, or as many times smaller
_LEAST_COMMON = 0.5  # of the shipped outline's area
_KEYS = ("ags", "AGS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The outline of one body."""

    ags: str
    name: str
    geometry: BaseGeometry
    square_km: float


def read_outlines(content: bytes, bodies: Sequence[Body]) -> list[Outline]:
    """The outlines of these bodies, told apart by the property `ags`; a single body's needs none.

    Raises:
        BadShape: it holds none of them, an outline is faulty, or it cannot be that body's.
    """
    if len(content) > MOST_BYTES:
        raise BadShape(_("Die Datei ist zu groß. Höchstens 10 MB gehen."))
    geojson = parse_geojson(content)
    by_key = _by_key(geojson)
    if by_key:
        found = [
            _outline(body, {"type": "FeatureCollection", "features": by_key[body.ags]})
            for body in bodies
            if body.ags in by_key
        ]
        if not found:
            raise BadShape(_("Die Datei enthält keine Grenze dieser Kommune (Eigenschaft ags)."))
        return found
    if len(bodies) != 1:
        raise BadShape(
            _(
                "Die Datei sagt nicht, welche Grenze zu welcher Gemeinde gehört. Nötig ist die Eigenschaft ags."
            )
        )
    return [_outline(bodies[0], geojson)]


def square_km(geometry: BaseGeometry) -> float:
    """The area, good to a few parts in a thousand."""
    centre = geometry.representative_point()
    plane = Plane(lat=centre.y, lon=centre.x)
    flat = shapely.transform(geometry, lambda lon, lat: plane.to_metres(lat, lon), interleaved=False)
    return float(flat.area) / 1e6


def _by_key(geojson: Any) -> dict[str, list[Any]]:
    features = geojson.get("features") if isinstance(geojson, dict) else None
    found: dict[str, list[Any]] = {}
    for feature in features if isinstance(features, list) else [geojson]:
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if isinstance(properties, dict):
            key = next((properties[name] for name in _KEYS if name in properties), None)
            if isinstance(key, str | int):
                found.setdefault(str(key).zfill(8), []).append(feature)
    return found


def _outline(body: Body, geojson: Any) -> Outline:
    geometry = read_geometry(geojson)
    if geometry.geom_type == "Point":
        raise BadShape(_("Erwartet wird eine Fläche, kein Punkt."))
    area = square_km(geometry)
    shipped = basemap.body_shapes().get(body.ags)
    if shipped is not None:
        _compare(body, geometry, area, wkb.loads(shipped.wkb))
    elif not _SMALLEST <= area <= _LARGEST:
        raise BadShape(_size(body, area))
    return Outline(ags=body.ags, name=body.name, geometry=geometry, square_km=area)


def _compare(body: Body, geometry: BaseGeometry, area: float, known: BaseGeometry) -> None:
    expected = square_km(known)
    if not expected / _MOST_DIFFERENT <= area <= expected * _MOST_DIFFERENT:
        raise BadShape(_size(body, area))
    if geometry.intersection(known).area < known.area * _LEAST_COMMON:
        raise BadShape(_("Die Fläche liegt nicht dort, wo %(name)s liegt.") % {"name": body.name})


def _size(body: Body, area: float) -> str:
    return _("Die Fläche von %(area)s km² passt nicht zu %(name)s.") % {
        "area": number_text(area, 1),
        "name": body.name,
    }
