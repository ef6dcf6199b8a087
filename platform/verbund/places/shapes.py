# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Geometry as it comes in: GeoJSON, checked, before it is kept as WKB with its bounding box."""

from __future__ import annotations

import json
import math
from typing import Any

import shapely
from django.utils.translation import gettext as _
from shapely import wkb
from shapely.errors import ShapelyError
from shapely.geometry import Point, mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from verbund.kernel.errors import Invalid
from verbund.places.geometry import Bounds

KINDS = ("Point", "Polygon", "MultiPolygon")
MOST_POINTS = 100_000
GERMANY: Bounds = (5.8, 47.2, 15.1, 55.1)


class BadShape(Invalid):
    """A geometry that cannot be kept; the message says why."""

    code = "bad_shape"

    def __init__(self, message: str) -> None:
        super().__init__(message, fields={"geometry": message})


def point(lat: float, lon: float) -> BaseGeometry:
    """A point in degrees.

    Raises:
        BadShape: it does not lie in Germany.
    """
    return _checked(Point(lon, lat))


def read_geometry(geojson: Any) -> BaseGeometry:
    """A point or an area from GeoJSON: a geometry, a Feature, or a collection whose areas belong together.

    Raises:
        BadShape: it is none, lies outside Germany, or its outline crosses itself.
    """
    parts = list(_geometries(geojson))
    if not parts:
        raise BadShape(_("Die Datei enthält keine Fläche und keinen Punkt."))
    try:
        shapes = [shapely.force_2d(shape(part)) for part in parts]
    except (ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise BadShape(_("Die Koordinaten in der Datei sind nicht lesbar.")) from error
    if len(shapes) == 1:
        return _checked(shapes[0])
    if any(found.geom_type == "Point" for found in shapes):
        raise BadShape(_("Die Datei enthält mehrere Punkte. Erwartet wird einer, oder eine Fläche."))
    return _checked(shapely.union_all([_checked(found) for found in shapes]))


def parse_geojson(content: bytes) -> Any:
    """The parsed file.

    Raises:
        BadShape: it is no JSON in UTF-8.
    """
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadShape(_("Das ist keine GeoJSON-Datei. Sie endet meist auf .geojson oder .json.")) from error


def to_geojson(kept: bytes) -> dict[str, Any]:
    """A kept geometry as GeoJSON, to six digits: a tenth of a metre."""
    rounded = shapely.transform(wkb.loads(kept), lambda coordinates: coordinates.round(6))
    found: dict[str, Any] = mapping(rounded)
    return found


def bounds_of(geometry: BaseGeometry) -> Bounds:
    """West, south, east, north."""
    west, south, east, north = geometry.bounds
    return float(west), float(south), float(east), float(north)


def _geometries(geojson: Any) -> list[Any]:
    if not isinstance(geojson, dict):
        raise BadShape(_("Das ist keine GeoJSON-Datei."))
    if geojson.get("type") == "FeatureCollection":
        features = geojson.get("features")
        found = features if isinstance(features, list) else []
        return [
            feature["geometry"] for feature in found if isinstance(feature, dict) and feature.get("geometry")
        ]
    if geojson.get("type") == "Feature":
        return [geojson["geometry"]] if geojson.get("geometry") else []
    return [geojson]


def _checked(geometry: BaseGeometry) -> BaseGeometry:
    if geometry.geom_type not in KINDS:
        raise BadShape(_("Erwartet wird ein Punkt oder eine Fläche (Polygon, MultiPolygon)."))
    if geometry.is_empty:
        raise BadShape(_("Die Datei enthält keine Fläche und keinen Punkt."))
    coordinates = shapely.get_coordinates(geometry)
    if len(coordinates) > MOST_POINTS:
        raise BadShape(
            _("Die Fläche hat %(count)d Punkte, höchstens %(most)d gehen. Vereinfachen Sie sie bitte.")
            % {"count": len(coordinates), "most": MOST_POINTS}
        )
    west, south, east, north = GERMANY
    if not all(
        math.isfinite(lon) and math.isfinite(lat) and west <= lon <= east and south <= lat <= north
        for lon, lat in coordinates
    ):
        raise BadShape(
            _(
                "Das liegt außerhalb Deutschlands. Erwartet werden Grad (WGS 84), zuerst die Länge, dann die Breite."
            )
        )
    if not geometry.is_valid:
        raise BadShape(
            _("Die Fläche ist fehlerhaft: Ihr Rand schneidet oder berührt sich selbst (%(where)s).")
            % {"where": explain_validity(geometry)}
        )
    return geometry
