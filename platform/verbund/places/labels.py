# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which names stand where on the map: placed once per zoom level, so that neighbouring tiles agree."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from PIL import Image, ImageDraw, ImageFont

from verbund.places.basemap import DATA, BodyShape
from verbund.places.geometry import mercator
from verbund.places.landmarks import LANDMARKS
from verbund.places.palette import HALO, INK, SOFT_INK, STREET_INK
from verbund.places.streets import Street
from verbund.places.tiles import TILE_SIZE

_LANDMARK_SIZE = {1: 15, 2: 13, 3: 12, 4: 11}
_LANDMARK_FROM_ZOOM = {1: 8, 2: 8, 3: 9, 4: 11}
_BODIES_UNTIL_ZOOM = 13  # from here on the villages' own names tell where one is
_PLACES_ZOOMS = range(12, 18)
_STREETS_FROM_ZOOM = 15
_TWICE_FROM_ZOOM = 17  # a street is longer than a screen there
_FONT = DATA / "FiraSans-Medium.woff2"


@dataclass(frozen=True, slots=True)
class Label:
    """A text and its middle in pixels of the whole world at one zoom level; angle in degrees."""

    text: str
    x: float
    y: float
    size: int
    ink: str
    angle: int = 0

    def box(self, scale: int = 1) -> tuple[float, float, float, float]:
        """Left, top, right, bottom at a scale, with the halo."""
        width, height = _extent(self.text, self.size * scale, self.angle)
        return (
            self.x * scale - width / 2,
            self.y * scale - height / 2,
            self.x * scale + width / 2,
            self.y * scale + height / 2,
        )


@lru_cache(maxsize=16)
def font(size: int) -> ImageFont.FreeTypeFont:
    """The map's lettering."""
    return ImageFont.truetype(str(_FONT), size)


def _halo(size: int) -> int:
    return max(2, round(size / 6))


@lru_cache(maxsize=4096)
def _extent(text: str, size: int, angle: int) -> tuple[float, float]:
    """Width and height of the turned text with its halo, without drawing it."""
    left, top, right, bottom = font(size).getbbox(text, stroke_width=_halo(size))
    cosine, sine = abs(math.cos(math.radians(angle))), abs(math.sin(math.radians(angle)))
    return (right - left) * cosine + (bottom - top) * sine, (right - left) * sine + (bottom - top) * cosine


@lru_cache(maxsize=512)
def picture(text: str, size: int, ink: str, angle: int) -> Image.Image:
    """The text with its halo on nothing; shared, so never draw on it."""
    halo = _halo(size)
    left, top, right, bottom = font(size).getbbox(text, stroke_width=halo)
    image = Image.new("RGBA", (math.ceil(right - left), math.ceil(bottom - top)), (255, 255, 255, 0))
    pen = ImageDraw.Draw(image)
    pen.text((-left, -top), text, font=font(size), fill=HALO, stroke_width=halo, stroke_fill=HALO)
    pen.text((-left, -top), text, font=font(size), fill=ink)
    return image.rotate(angle, Image.Resampling.BICUBIC, expand=True) if angle else image


def world_size(zoom: int) -> int:
    """Pixels of the whole world's side."""
    return TILE_SIZE << zoom


def placed(labels: Iterable[Label]) -> tuple[Label, ...]:
    """The labels that find room, the first ones first."""
    kept: list[Label] = []
    boxes: list[tuple[float, float, float, float]] = []
    for label in labels:
        left, top, right, bottom = label.box()
        if all(right < box[0] or box[2] < left or bottom < box[1] or box[3] < top for box in boxes):
            kept.append(label)
            boxes.append((left, top, right, bottom))
    return tuple(kept)


def area_labels(
    zoom: int, bodies: Sequence[BodyShape], own: frozenset[str], streets: Sequence[Street]
) -> Iterator[Label]:
    """Names of municipalities and, between them, of towns that are no members; own ones first."""
    villages = {street.place for street in streets} if zoom in _PLACES_ZOOMS else set()
    bodies = [body for body in bodies if body.name not in villages]
    world = world_size(zoom)
    by_rank = sorted(bodies, key=lambda body: (body.ags not in own, -_area(body)))
    for body in by_rank if zoom <= _BODIES_UNTIL_ZOOM else ():
        x, y = mercator(body.label_lat, body.label_lon)
        is_own = body.ags in own
        size = (12 if zoom <= 9 else 14 if is_own else 13) + (zoom >= 12) * 2  # noqa: PLR2004 -- grows with zoom
        yield Label(body.name, x * world, y * world, size, INK if is_own else SOFT_INK)
    for mark in LANDMARKS:
        if zoom >= _LANDMARK_FROM_ZOOM[mark.rank]:
            x, y = mercator(mark.lat, mark.lon)
            yield Label(mark.name, x * world, y * world, _LANDMARK_SIZE[mark.rank], SOFT_INK)


def place_labels(zoom: int, streets: Sequence[Street]) -> Iterator[Label]:
    """Names of villages and Ortsteile, over the middle of their houses."""
    if zoom not in _PLACES_ZOOMS:
        return
    world = world_size(zoom)
    houses: dict[str, list[tuple[float, float]]] = {}
    for street in streets:
        houses.setdefault(street.place, []).extend((house.x, house.y) for house in street.houses)
    for place, spots in sorted(houses.items(), key=lambda item: -len(item[1])):
        x = sum(spot[0] for spot in spots) / len(spots)
        y = sum(spot[1] for spot in spots) / len(spots)
        yield Label(
            place.rpartition(" OT ")[2], x * world, y * world, 15 if zoom > _BODIES_UNTIL_ZOOM else 12, INK
        )


def street_labels(zoom: int, streets: Sequence[Street]) -> Iterator[Label]:
    """Names along streets long enough to carry them, longest first."""
    if zoom < _STREETS_FROM_ZOOM:
        return
    world = world_size(zoom)
    size = {15: 11, 16: 12}.get(zoom, 13)
    found: list[tuple[float, Label]] = []
    for street in streets:
        for part in street.parts:
            points = [(x * world, y * world) for x, y in part]
            length = sum(math.dist(a, b) for a, b in pairwise(points))
            if font(size).getlength(street.name) > length:
                continue
            for share in (0.25, 0.75) if zoom >= _TWICE_FROM_ZOOM else (0.5,):
                x, y, angle = _along(points, length * share)
                found.append((-length, Label(street.name, x, y, size, STREET_INK, angle)))
    found.sort(key=lambda item: (item[0], item[1].text, item[1].x))
    yield from (label for _, label in found)


def _along(points: Sequence[tuple[float, float]], distance: float) -> tuple[float, float, int]:
    """Position at a distance from the start and the angle at which text reads from left to right."""
    ends = list(accumulate(math.dist(a, b) for a, b in pairwise(points)))
    index = next((i for i, end in enumerate(ends) if end >= distance), len(ends) - 1)
    a, b = points[index], points[index + 1]
    share = (distance - (ends[index - 1] if index else 0.0)) / (math.dist(a, b) or 1.0)
    before, after = points[max(index - 1, 0)], points[min(index + 2, len(points) - 1)]
    angle = math.degrees(math.atan2(before[1] - after[1], after[0] - before[0]))
    angle = (angle + 90) % 180 - 90
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, round(angle / 3) * 3


def _area(body: BodyShape) -> float:
    west, south, east, north = body.bounds
    return (east - west) * (north - south)
