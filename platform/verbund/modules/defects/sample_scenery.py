# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Paper, brush and backgrounds for the demo's pictures: sky, ground, trees, houses, light and grain."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps

WIDTH, HEIGHT = 1200, 900
_FINE = 1.5  # drawn this much larger, for soft edges

Spot = tuple[float, float]
Colour = tuple[int, int, int]


def shade(colour: Colour, factor: float) -> Colour:
    """Darker below 1, lighter above."""
    red, green, blue = (max(0, min(255, round(value * factor))) for value in colour)
    return red, green, blue


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """From one colour to the other."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def blob(random: Random, middle: Spot, radii: Spot, roughness: float = 0.18, points: int = 22) -> list[Spot]:
    """An uneven round outline."""
    return [
        (
            middle[0]
            + math.cos(step * math.tau / points) * radii[0] * random.uniform(1 - roughness, 1 + roughness),
            middle[1]
            + math.sin(step * math.tau / points) * radii[1] * random.uniform(1 - roughness, 1 + roughness),
        )
        for step in range(points)
    ]


def shifted(points: Sequence[Spot], east: float, south: float) -> list[Spot]:
    """The same outline elsewhere."""
    return [(x + east, y + south) for x, y in points]


class Scene:
    """A picture in the making; all coordinates and widths in pixels of the finished one."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.size = (round(WIDTH * _FINE), round(HEIGHT * _FINE))
        self.image = Image.new("RGB", self.size)
        self.pen = ImageDraw.Draw(self.image)

    def polygon(self, points: Iterable[Spot], fill: Colour) -> None:
        self.pen.polygon([(x * _FINE, y * _FINE) for x, y in points], fill=fill)

    def line(self, points: Iterable[Spot], fill: Colour, width: float) -> None:
        self.pen.line(
            [(x * _FINE, y * _FINE) for x, y in points],
            fill=fill,
            width=max(1, round(width * _FINE)),
            joint="curve",
        )

    def ellipse(self, middle: Spot, radii: Spot, fill: Colour) -> None:
        (x, y), (a, b) = middle, radii
        self.pen.ellipse([(x - a) * _FINE, (y - b) * _FINE, (x + a) * _FINE, (y + b) * _FINE], fill=fill)

    def text(
        self,
        middle: Spot,
        words: str,
        size: float,
        fill: Colour,
        *,
        stroke: float = 0,
        edge: Colour = (0, 0, 0),
    ) -> None:
        font = ImageFont.load_default(round(size * _FINE))
        place = (middle[0] * _FINE, middle[1] * _FINE)
        self.pen.text(
            place,
            words,
            font=font,
            fill=fill,
            anchor="mm",
            stroke_width=round(stroke * _FINE),
            stroke_fill=edge,
        )

    def taper(self, points: Sequence[Spot], widths: tuple[float, float], fill: Colour) -> None:
        """A line that grows thinner, like a branch."""
        steps = max(len(points) - 1, 1)
        for index, (start, end) in enumerate(pairwise(points)):
            width = widths[0] + (widths[1] - widths[0]) * index / steps
            self.line((start, end), fill, width)
            self.ellipse(end, (width / 2, width / 2), fill)

    def gradient(self, box: tuple[float, float, float, float], top: Colour, bottom: Colour) -> None:
        """Fill a rectangle from one colour above to another below."""
        left, upper, right, lower = (round(value * _FINE) for value in box)
        ramp = Image.linear_gradient("L").resize((right - left, lower - upper))
        self.image.paste(ImageOps.colorize(ramp, top, bottom), (left, upper))

    def stain(self, points: Iterable[Spot], fill: Colour, strength: float, blur: float) -> None:
        """A soft, see-through patch: shadow, glow or reflection."""
        spots = [(x * _FINE, y * _FINE) for x, y in points]
        margin = blur * _FINE * 3
        left, upper = (max(0, int(min(spot[axis] for spot in spots) - margin)) for axis in (0, 1))
        right, lower = (
            min(self.size[axis], int(max(spot[axis] for spot in spots) + margin)) for axis in (0, 1)
        )
        if right <= left or lower <= upper:
            return
        mask = Image.new("L", (right - left, lower - upper))
        ImageDraw.Draw(mask).polygon([(x - left, y - upper) for x, y in spots], fill=round(255 * strength))
        mask = mask.filter(ImageFilter.BoxBlur(blur * _FINE)).filter(ImageFilter.BoxBlur(blur * _FINE / 2))
        self.image.paste(fill, (left, upper), mask)

    def glow(self, middle: Spot, radius: float, fill: Colour, strength: float) -> None:
        """Light around a lamp."""
        side = round(radius * 2 * _FINE)
        mask = ImageOps.invert(Image.radial_gradient("L")).resize((side, side))
        mask = mask.point([max(0, round((value - 74) * 1.4 * strength)) for value in range(256)])
        self.image.paste(
            fill, (round((middle[0] - radius) * _FINE), round((middle[1] - radius) * _FINE)), mask
        )

    def grain(self, box: tuple[float, float, float, float], strength: float, stretch: Spot = (1, 1)) -> None:
        """Roughen a rectangle: asphalt, sand, plaster. A larger ``stretch`` makes coarser or longer spots."""
        left, upper, right, lower = (round(value * _FINE) for value in box)
        size = (right - left, lower - upper)
        small = (max(2, round(size[0] / stretch[0] / 2)), max(2, round(size[1] / stretch[1] / 2)))
        noise = Image.frombytes("L", small, self.random.randbytes(small[0] * small[1]))
        noise = noise.resize(size, Image.Resampling.BILINEAR)
        noise = noise.point([round(128 + (value - 128) * strength * 0.55) for value in range(256)])
        part = self.image.crop((left, upper, right, lower))
        self.image.paste(ImageChops.overlay(part, Image.merge("RGB", (noise,) * 3)), (left, upper))

    def blur(self, radius: float) -> None:
        """Put everything drawn so far out of focus, as a background is."""
        self.image = self.image.filter(ImageFilter.BoxBlur(radius * _FINE))
        self.pen = ImageDraw.Draw(self.image)

    def finished(self) -> Image.Image:
        """The picture at its size, with the darker corners of a pocket camera."""
        image = self.image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
        edge = Image.radial_gradient("L").resize((WIDTH, HEIGHT))
        edge = edge.point([255 - max(0, value - 120) // 3 for value in range(256)])
        return ImageChops.multiply(image, Image.merge("RGB", (edge,) * 3))


DAY_SKY: tuple[Colour, Colour] = ((112, 160, 212), (216, 230, 238))
CLOUDY_SKY: tuple[Colour, Colour] = ((158, 172, 186), (222, 226, 226))
DUSK_SKY: tuple[Colour, Colour] = ((34, 48, 92), (240, 158, 104))

ASPHALT: tuple[Colour, Colour] = ((128, 130, 134), (92, 94, 98))
MEADOW: tuple[Colour, Colour] = ((128, 152, 84), (86, 122, 56))
SAND: tuple[Colour, Colour] = ((214, 196, 158), (196, 172, 126))
GREEN: Colour = (88, 128, 54)
DRY: tuple[Colour, ...] = ((164, 112, 52), (186, 138, 62), (138, 92, 48), (120, 124, 52))
FRESH: tuple[Colour, ...] = ((86, 134, 52), (104, 150, 62), (70, 112, 44))
STEEL: Colour = (96, 102, 108)


def day(scene: Scene, horizon: float) -> None:
    """Sky with clouds, woods and a few roofs far away."""
    top, bottom = scene.random.choice((DAY_SKY, CLOUDY_SKY))
    scene.gradient((0, 0, WIDTH, horizon + 10), top, bottom)
    for _ in range(5):
        middle = (scene.random.uniform(0, WIDTH), scene.random.uniform(0, horizon * 0.55))
        scene.stain(
            blob(scene.random, middle, (scene.random.uniform(90, 220), scene.random.uniform(14, 34))),
            (250, 250, 250),
            0.65,
            14,
        )
    woods(scene, horizon, (88, 112, 82), 46)
    for _ in range(3):
        far_house(scene, scene.random.uniform(60, WIDTH - 160), horizon, scene.random.uniform(0.5, 0.8))
    woods(scene, horizon + 12, (74, 104, 62), 26)


def woods(scene: Scene, base: float, colour: Colour, height: float) -> None:
    """A row of treetops."""
    x = -40.0
    while x < WIDTH + 40:
        size = height * scene.random.uniform(0.6, 1.5)
        scene.ellipse(
            (x, base - size * 0.4), (size * 0.9, size), shade(colour, scene.random.uniform(0.85, 1.12))
        )
        x += size * scene.random.uniform(0.5, 0.9)
    scene.polygon([(0, base - 8), (WIDTH, base - 8), (WIDTH, base + 14), (0, base + 14)], shade(colour, 0.92))


def far_house(scene: Scene, x: float, base: float, scale: float, *, lit: bool | None = None) -> None:
    """A house with a tiled roof; ``lit`` None by day, at dusk whether someone is at home."""
    width, wall, roof = 150 * scale, 62 * scale, 66 * scale
    night = lit is not None
    plaster: Colour = (
        (44, 42, 58) if night else scene.random.choice([(232, 222, 200), (214, 206, 192), (238, 228, 214)])
    )
    tiles: Colour = (
        (32, 30, 46) if night else scene.random.choice([(156, 78, 58), (142, 70, 54), (120, 84, 72)])
    )
    scene.polygon([(x, base), (x, base - wall), (x + width, base - wall), (x + width, base)], plaster)
    scene.polygon(
        [
            (x - 10 * scale, base - wall),
            (x + width / 2, base - wall - roof),
            (x + width + 10 * scale, base - wall),
        ],
        tiles,
    )
    pane: Colour = (252, 206, 120) if lit else (60, 62, 84) if night else (96, 110, 124)
    for column in range(3):
        left = x + width * (0.16 + 0.28 * column)
        scene.polygon(
            [
                (left, base - wall * 0.75),
                (left + 20 * scale, base - wall * 0.75),
                (left + 20 * scale, base - wall * 0.3),
                (left, base - wall * 0.3),
            ],
            pane,
        )


def ground(scene: Scene, horizon: float, far: Colour, near: Colour, rough: float = 0.55) -> None:
    """The land in front, coarser towards the viewer."""
    scene.gradient((0, horizon, WIDTH, HEIGHT), far, near)
    middle = horizon + (HEIGHT - horizon) * 0.4
    scene.grain((0, horizon, WIDTH, middle), rough * 0.7, (2, 0.8))
    scene.grain((0, middle, WIDTH, HEIGHT), rough, (2.6, 1.6))


def grass(
    scene: Scene, box: tuple[float, float, float, float], blades: int, colour: Colour, length: float = 26
) -> None:
    """Single blades, longer towards the viewer."""
    left, top, right, bottom = box
    random = scene.random
    for y in sorted(random.uniform(top, bottom) for _ in range(blades)):
        size = length * (0.35 + 0.65 * (y - top) / max(bottom - top, 1)) * random.uniform(0.6, 1.3)
        x = random.uniform(left, right)
        lean = random.uniform(-0.4, 0.4) * size
        scene.line(
            [(x, y), (x + lean * 0.4, y - size * 0.6), (x + lean, y - size)],
            shade(colour, random.uniform(0.7, 1.3)),
            max(1.2, size / 13),
        )


def leaves(
    scene: Scene,
    box: tuple[float, float, float, float],
    count: int,
    colours: Sequence[Colour],
    size: float = 9,
) -> None:
    """Scattered leaves; the box is their middle and how far they spread."""
    random = scene.random
    for _ in range(count):
        x, y = random.gauss(box[0], box[2] / 2), random.gauss(box[1], box[3] / 2)
        turn, length = random.uniform(0, math.tau), size * random.uniform(0.6, 1.3)
        along = (math.cos(turn) * length, math.sin(turn) * length * 0.7)
        across = (-along[1] * 0.45, along[0] * 0.45)
        colour = shade(random.choice(colours), random.uniform(0.8, 1.2))
        scene.polygon(
            [
                (x - along[0], y - along[1]),
                (x + across[0], y + across[1]),
                (x + along[0], y + along[1]),
                (x - across[0], y - across[1]),
            ],
            colour,
        )
