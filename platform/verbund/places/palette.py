# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The map's colours, and the fixed set of shades a tile is encoded with, so that all tiles look alike."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from PIL import Image

OUTSIDE, MEMBER, OWN, BUILT_UP = "#dfe0dc", "#eaebe3", "#f5f6ee", "#e9e1d3"
LINE, LINE_HALO, OWN_LINE, OWN_HALO = "#9ca5b4", "#d2d7da", "#56699a", "#c9d4ea"
ROAD, ROAD_EDGE, HOUSE, HOUSE_EDGE = "#ffffff", "#bfb7a6", "#d3c2aa", "#b5a58d"
INK, SOFT_INK, STREET_INK, HOUSE_INK, HALO = "#232833", "#565e6d", "#464a54", "#63584a", "#ffffff"

_GROUNDS = (OWN, MEMBER, OUTSIDE, BUILT_UP)
_SHAPES = (ROAD, ROAD_EDGE, LINE, LINE_HALO, OWN_LINE, OWN_HALO, HOUSE, HOUSE_EDGE)
_INKS = (INK, SOFT_INK, STREET_INK, HOUSE_INK)
_APART = (
    9  # Pillow finds the nearest shade in steps of four; base colours must win in their whole neighbourhood
)

_Shade = tuple[int, ...]


def _rgb(colour: str) -> _Shade:
    return tuple(int(colour[start : start + 2], 16) for start in (1, 3, 5))


def _between(one: str, other: str, steps: int) -> list[_Shade]:
    pairs = list(zip(_rgb(one), _rgb(other), strict=True))
    return [tuple(round(a + (b - a) * step / steps) for a, b in pairs) for step in range(1, steps)]


@lru_cache(maxsize=1)
def shades() -> Image.Image:
    """A palette of all base colours and the soft edges between those that meet."""
    bases = [_rgb(colour) for colour in dict.fromkeys((*_GROUNDS, *_SHAPES, *_INKS))]
    edges = [
        *(shade for ink in _INKS for shade in _between(ink, HALO, 7)),
        *(shade for ground, form in product(_GROUNDS, _SHAPES) for shade in _between(ground, form, 4)),
        *(
            shade
            for one, other in ((ROAD, ROAD_EDGE), (OWN_LINE, OWN_HALO), (HOUSE, HOUSE_INK))
            for shade in _between(one, other, 4)
        ),
    ]
    kept = list(bases)
    for edge in edges:
        near = min(max(abs(a - b) for a, b in zip(edge, base, strict=True)) for base in bases)
        if near >= _APART and edge not in kept:
            kept.append(edge)
    image = Image.new("P", (1, 1))
    image.putpalette([value for shade in (kept + [kept[0]] * 256)[:256] for value in shade])
    return image
