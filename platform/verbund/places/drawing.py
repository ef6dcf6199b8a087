# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The built-in base map: boundaries of all members, and the streets of the municipality that is asked."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from functools import lru_cache

from PIL import Image, ImageDraw

from verbund.places import labels, palette
from verbund.places.basemap import ATTRIBUTION, BodyShape, body_shapes
from verbund.places.geometry import mercator
from verbund.places.streets import House, Street
from verbund.places.tiles import TILE_SIZE, Tile, TileAddress

_SMOOTH = 2  # drawn this much larger, then reduced: Pillow's lines have no soft edges of their own
_ROAD_WIDTH = {13: 1.4, 14: 2.4, 15: 4.0, 16: 7.0, 17: 11.0, 18: 18.0}  # pixels at scale 1
_EDGE_FROM_ZOOM, _HOUSES_FROM_ZOOM, _NUMBERS_FROM_ZOOM = 14, 16, 17
_HOUSE_METRES = (12.0, 9.0)
_PLOT_METRES = 55.0  # around a house, drawn as built-up land
_BUILT_UP_FROM_ZOOM = 10
_EQUATOR = 40_075_017.0

_Box = tuple[float, float, float, float]


class BuiltInSource:
    """Draws tiles from the shipped boundaries and, for one municipality, from its address list and own outlines."""

    attribution = ATTRIBUTION

    def __init__(
        self,
        own: frozenset[str] = frozenset(),
        streets: Sequence[Street] = (),
        outlines: Sequence[BodyShape] = (),
    ) -> None:
        self._own = own
        self._bodies = {**body_shapes(), **{outline.ags: outline for outline in outlines}}
        self._streets = tuple(streets)
        self._boxes = [_box_of(street) for street in self._streets]
        self._placed = lru_cache(maxsize=16)(self._place_labels)

    def tile(self, address: TileAddress) -> Tile:
        """The picture as PNG."""
        canvas = _Canvas(address)
        bodies = [body for body in self._bodies.values() if canvas.meets(_mercator_box(body))]
        self._draw_bodies(canvas, bodies)
        near = [street for street, box in zip(self._streets, self._boxes, strict=True) if canvas.meets(box)]
        if address.z >= _BUILT_UP_FROM_ZOOM:
            _draw_built_up(canvas, near)
        if address.z in _ROAD_WIDTH:
            _draw_streets(canvas, near)
        return Tile.of(canvas.finish(self._placed(address.z)))

    def _draw_bodies(self, canvas: _Canvas, bodies: Sequence[BodyShape]) -> None:
        rings = [
            (body.ags in self._own, canvas.points([mercator(lat, lon) for lon, lat in ring]))
            for body in bodies
            for ring in body.rings
        ]
        rings.sort(key=lambda item: item[0])
        for is_own, ring in rings:
            canvas.pen.polygon(ring, fill=palette.OWN if is_own else palette.MEMBER)
        strong = min(1.0, (canvas.address.z - 6) / 6)
        for is_own, ring in rings:
            canvas.line(
                ring, palette.OWN_HALO if is_own else palette.LINE_HALO, (9.0 if is_own else 4.0) * strong
            )
        for is_own, ring in rings:
            canvas.line(ring, palette.OWN_LINE if is_own else palette.LINE, 1.8 if is_own else 1.0)

    def _place_labels(self, zoom: int) -> tuple[labels.Label, ...]:
        return labels.placed(
            (
                *labels.place_labels(zoom, self._streets),
                *labels.area_labels(zoom, list(body_shapes().values()), self._own, self._streets),
                *labels.street_labels(zoom, self._streets),
            )
        )


class _Canvas:
    """One tile being drawn, with a pen in its own, enlarged pixels."""

    def __init__(self, address: TileAddress) -> None:
        self.address = address
        self.factor = address.scale * _SMOOTH
        self._world = labels.world_size(address.z) * self.factor
        self._left, self._top = address.x * TILE_SIZE * self.factor, address.y * TILE_SIZE * self.factor
        side = TILE_SIZE * self.factor
        margin = 24 * self.factor
        self._seen = (
            (self._left - margin) / self._world,
            (self._top - margin) / self._world,
            (self._left + side + margin) / self._world,
            (self._top + side + margin) / self._world,
        )
        self.image = Image.new("RGB", (side, side), palette.OUTSIDE)
        self.pen = ImageDraw.Draw(self.image)

    def meets(self, box: _Box) -> bool:
        """Whether something with that box in the unit square may show on the tile."""
        seen = self._seen
        return box[0] <= seen[2] and seen[0] <= box[2] and box[1] <= seen[3] and seen[1] <= box[3]

    def points(self, points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        """Unit square to pixels of the canvas."""
        world, left, top = self._world, self._left, self._top
        return [(x * world - left, y * world - top) for x, y in points]

    def line(
        self, points: list[tuple[float, float]], ink: str, width: float, *, round_ends: bool = False
    ) -> None:
        """A line; ``width`` in pixels of the finished tile at scale 1."""
        thick = max(1, round(width * self.factor))
        self.pen.line(points, fill=ink, width=thick, joint="curve")
        if round_ends:
            for x, y in (points[0], points[-1]):
                self.pen.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=ink)

    def finish(self, texts: Sequence[labels.Label]) -> bytes:
        """Reduce, write the labels that show here, encode."""
        scale = self.address.scale
        image = self.image.reduce(_SMOOTH)
        left, top, side = self._left // _SMOOTH, self._top // _SMOOTH, TILE_SIZE * scale
        for text in texts:
            if (
                abs(text.x * scale - left - side / 2) > side * 2
                or abs(text.y * scale - top - side / 2) > side * 2
            ):
                continue
            box = text.box(scale)
            if box[0] < left + side and left < box[2] and box[1] < top + side and top < box[3]:
                words = labels.picture(text.text, text.size * scale, text.ink, text.angle)
                middle = (box[0] + box[2]) / 2 - left, (box[1] + box[3]) / 2 - top
                image.paste(
                    words, (round(middle[0] - words.width / 2), round(middle[1] - words.height / 2)), words
                )
        buffer = io.BytesIO()
        image.quantize(palette=palette.shades(), dither=Image.Dither.NONE).save(
            buffer, "PNG", compress_level=6
        )
        return buffer.getvalue()


def _draw_built_up(canvas: _Canvas, streets: Sequence[Street]) -> None:
    for street in streets:
        for house in street.houses:
            radius = max(_PLOT_METRES * _unit_per_metre(house.y), 1.5 / labels.world_size(canvas.address.z))
            box = (house.x - radius, house.y - radius, house.x + radius, house.y + radius)
            if canvas.meets(box):
                canvas.pen.ellipse([*canvas.points([box[:2], box[2:]])], fill=palette.BUILT_UP)


def _draw_streets(canvas: _Canvas, streets: Sequence[Street]) -> None:
    zoom = canvas.address.z
    width = _ROAD_WIDTH[zoom]
    parts = [canvas.points(part) for street in streets for part in street.parts]
    if zoom < _EDGE_FROM_ZOOM:
        for part in parts:
            canvas.line(part, palette.ROAD, width)
        return
    for part in parts:
        canvas.line(part, palette.ROAD_EDGE, width + 1.6, round_ends=True)
    for part in parts:
        canvas.line(part, palette.ROAD, width, round_ends=True)
    if zoom >= _HOUSES_FROM_ZOOM:
        for street in streets:
            for house in street.houses:
                if canvas.meets((house.x, house.y, house.x, house.y)):
                    _draw_house(canvas, house)


def _draw_house(canvas: _Canvas, house: House) -> None:
    unit = _unit_per_metre(house.y)
    along, across = _HOUSE_METRES[0] / 2 * unit, _HOUSE_METRES[1] / 2 * unit
    cosine, sine = math.cos(house.angle), math.sin(house.angle)
    corners = [
        (house.x + a * along * cosine - c * across * sine, house.y + a * along * sine + c * across * cosine)
        for a, c in ((1, 1), (1, -1), (-1, -1), (-1, 1))
    ]
    points = canvas.points(corners)
    canvas.pen.polygon(points, fill=palette.HOUSE, outline=palette.HOUSE_EDGE, width=canvas.factor // 2)
    if canvas.address.z >= _NUMBERS_FROM_ZOOM:
        size = (8 if canvas.address.z == _NUMBERS_FROM_ZOOM else 11) * canvas.factor
        middle = canvas.points([(house.x, house.y)])[0]
        canvas.pen.text(middle, house.number, font=labels.font(size), fill=palette.HOUSE_INK, anchor="mm")


def _unit_per_metre(y: float) -> float:
    """How long a metre is in the unit square there: Mercator stretches by 1/cos(lat)."""
    return math.cosh(math.pi * (1 - 2 * y)) / _EQUATOR


def _box_of(street: Street) -> _Box:
    points = [
        *((house.x, house.y) for house in street.houses),
        *(point for part in street.parts for point in part),
    ]
    margin = _PLOT_METRES * _unit_per_metre(points[0][1])
    left, top = min(x for x, _ in points), min(y for _, y in points)
    right, bottom = max(x for x, _ in points), max(y for _, y in points)
    return left - margin, top - margin, right + margin, bottom + margin


@lru_cache(maxsize=1024)
def _mercator_box(body: BodyShape) -> _Box:
    west, south, east, north = body.bounds
    (left, bottom), (right, top) = mercator(south, west), mercator(north, east)
    return left, top, right, bottom
