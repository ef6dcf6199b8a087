# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the demo's pictures show in the street: a dark lamp, a pothole, a blocked drain, a turned sign, raised stones."""

from __future__ import annotations

import math
from itertools import pairwise

from verbund.modules.defects.sample_scenery import (
    ASPHALT,
    DRY,
    DUSK_SKY,
    GREEN,
    HEIGHT,
    MEADOW,
    WIDTH,
    Colour,
    Scene,
    Spot,
    blob,
    day,
    far_house,
    grass,
    ground,
    leaves,
    shade,
    shifted,
    woods,
)


def street_lamp(scene: Scene) -> None:
    """Dusk in a village street: one lamp further off shines, the near one does not."""
    random, horizon = scene.random, 610.0
    scene.gradient((0, 0, WIDTH, horizon + 20), *DUSK_SKY)
    woods(scene, horizon, (38, 40, 58), 44)
    for x, lit in ((40, True), (260, False), (800, True), (1010, random.random() < 0.5)):  # noqa: PLR2004 -- a coin
        far_house(scene, x + random.uniform(-20, 20), horizon + 6, random.uniform(0.9, 1.15), lit=lit)
    scene.blur(2.5)
    scene.gradient((0, horizon, WIDTH, HEIGHT), (58, 58, 76), (30, 32, 44))
    scene.polygon([(560, horizon), (640, horizon), (1010, HEIGHT), (250, HEIGHT)], (66, 68, 84))
    scene.grain((0, horizon, WIDTH, HEIGHT), 0.5, (2, 1.2))
    for start, end in ((0.08, 0.16), (0.28, 0.42), (0.62, 0.9)):
        y0, y1 = horizon + (HEIGHT - horizon) * start, horizon + (HEIGHT - horizon) * end
        scene.polygon(
            [(600 - 6 * start, y0), (600 + 6 * start + 3, y0), (606 + 12 * end, y1), (596 - 6 * end, y1)],
            (176, 174, 178),
        )
    _lamp(scene, (505, horizon + 22), 0.42, (255, 214, 140))
    _lamp(scene, (random.uniform(820, 880), 850), 1.35, None)


def _lamp(scene: Scene, foot: Spot, scale: float, light: Colour | None) -> None:
    x, y = foot
    top = y - 560 * scale
    if light:
        scene.glow((x - 78 * scale, top + 24 * scale), 260 * scale, light, 0.9)
        scene.stain(blob(scene.random, (x - 70 * scale, y), (150 * scale, 22 * scale)), light, 0.5, 10)
    pole: Colour = (26, 28, 38)
    scene.line([(x, y), (x, top + 60 * scale)], pole, 13 * scale)
    bend = [
        (x - 58 * scale * (1 - math.cos(turn)), top + 60 * scale - 60 * scale * math.sin(turn))
        for turn in (0, 0.4, 0.8, 1.2, 1.57)
    ]
    scene.line(bend, pole, 9 * scale)
    scene.polygon(
        [
            (x - 10 * scale, y),
            (x + 10 * scale, y),
            (x + 8 * scale, y - 70 * scale),
            (x - 8 * scale, y - 70 * scale),
        ],
        pole,
    )
    head = (x - 80 * scale, top + 6 * scale)
    scene.polygon(
        [
            (head[0] - 46 * scale, head[1] + 18 * scale),
            (head[0] - 30 * scale, head[1] - 10 * scale),
            (head[0] + 34 * scale, head[1] - 12 * scale),
            (head[0] + 44 * scale, head[1] + 14 * scale),
        ],
        (42, 44, 56),
    )
    glass: Colour = light or (92, 96, 116)
    scene.polygon(
        [
            (head[0] - 42 * scale, head[1] + 17 * scale),
            (head[0] + 40 * scale, head[1] + 14 * scale),
            (head[0] + 22 * scale, head[1] + 34 * scale),
            (head[0] - 26 * scale, head[1] + 36 * scale),
        ],
        glass,
    )
    if not light:
        scene.line(
            [
                (head[0] - 18 * scale, head[1] + 18 * scale),
                (head[0] - 2 * scale, head[1] + 27 * scale),
                (head[0] + 8 * scale, head[1] + 34 * scale),
            ],
            (40, 42, 54),
            2.4 * scale,
        )


def pothole(scene: Scene) -> None:
    """A country road with a deep, wet hole in front."""
    random, horizon = scene.random, 300.0
    day(scene, horizon)
    scene.blur(1.6)
    ground(scene, horizon, *MEADOW)
    scene.polygon([(540, horizon), (660, horizon), (1420, HEIGHT), (-260, HEIGHT)], ASPHALT[1])
    scene.stain([(545, horizon), (655, horizon), (900, HEIGHT), (300, HEIGHT)], ASPHALT[0], 0.35, 40)
    scene.grain((0, horizon + 30, WIDTH, HEIGHT), 0.6, (1.6, 1.1))
    for start, end in ((0.05, 0.1), (0.17, 0.26), (0.38, 0.54)):
        y0, y1 = horizon + (HEIGHT - horizon) * start, horizon + (HEIGHT - horizon) * end
        scene.polygon(
            [(600 - 9 * start, y0), (600 + 9 * start + 2, y0), (601 + 11 * end, y1), (599 - 11 * end, y1)],
            (214, 212, 204),
        )
    middle = (random.uniform(560, 660), random.uniform(690, 720))
    rim = blob(random, middle, (250, 98), 0.13, 30)
    for turn in (0.3, 1.4, 2.5, 3.6, 4.4, 5.6):
        _crack(scene, middle, turn, 250, 98)
    scene.stain(blob(random, middle, (275, 112), 0.1), (60, 60, 62), 0.55, 8)
    scene.polygon(rim, (58, 56, 54))
    scene.polygon(shifted(blob(random, middle, (226, 80), 0.1, 30), 4, 10), (88, 78, 66))
    scene.grain((300, 590, 920, 820), 0.5, (2, 1.4))
    water = shifted(blob(random, middle, (168, 48), 0.08, 30), 8, 20)
    scene.polygon(water, (70, 80, 92))
    scene.stain(shifted(blob(random, middle, (120, 22), 0.1), -10, 12), (186, 204, 222), 0.85, 8)
    _crumbs(scene, middle, (330, 120), 90)


def _crack(scene: Scene, middle: Spot, turn: float, wide: float, high: float) -> None:
    x, y = middle[0] + math.cos(turn) * wide * 0.9, middle[1] + math.sin(turn) * high * 0.9
    points = [(x, y)]
    for _ in range(5):
        turn += scene.random.uniform(-0.5, 0.5)
        x, y = x + math.cos(turn) * 34, y + math.sin(turn) * 17
        points.append((x, y))
    scene.taper(points, (6, 1.6), (52, 52, 54))


def _crumbs(scene: Scene, middle: Spot, spread: Spot, count: int) -> None:
    for _ in range(count):
        turn, far = scene.random.uniform(0, math.tau), scene.random.uniform(0.78, 1.25)
        x, y = (
            middle[0] + math.cos(turn) * spread[0] * far * 0.8,
            middle[1] + math.sin(turn) * spread[1] * far * 0.85,
        )
        size = scene.random.uniform(3, 11)
        scene.ellipse((x + 2, y + 3), (size, size * 0.6), (48, 48, 50))
        scene.polygon(
            blob(scene.random, (x, y), (size, size * 0.65), 0.3, 8),
            shade((116, 114, 112), scene.random.uniform(0.7, 1.2)),
        )


def drain(scene: Scene) -> None:
    """A gutter grate under leaves, with the water standing around it."""
    random = scene.random
    scene.gradient((0, 0, WIDTH, 250), (176, 172, 164), (164, 160, 154))
    for x in range(-400, 1700, 170):
        scene.line([(600 + (x - 600) * 0.9, 0), (600 + (x - 600) * 1.05, 236)], (130, 126, 122), 4)
    scene.line([(0, 100), (WIDTH, 104)], (132, 128, 124), 4)
    scene.grain((0, 0, WIDTH, 240), 0.4, (2, 2))
    scene.polygon([(0, 232), (WIDTH, 232), (WIDTH, 348), (0, 348)], (116, 114, 110))
    for x in range(-60, 1300, 240):
        scene.polygon(
            [(x, 232), (x + 234, 232), (x + 234, 300), (x, 300)],
            shade((186, 184, 178), random.uniform(0.94, 1.04)),
        )
        scene.polygon([(x, 300), (x + 234, 300), (x + 234, 348), (x, 348)], (128, 126, 122))
    scene.gradient((0, 348, WIDTH, HEIGHT), ASPHALT[1], (108, 110, 114))
    scene.grain((0, 232, WIDTH, HEIGHT), 0.6, (1.7, 1.4))
    scene.stain(blob(random, (600, 560), (590, 230), 0.05, 40), (48, 52, 58), 0.8, 16)
    scene.polygon(blob(random, (600, 550), (520, 196), 0.04, 44), (84, 94, 104))
    scene.stain(blob(random, (480, 500), (250, 60), 0.2), (176, 192, 206), 0.7, 22)
    scene.stain(blob(random, (860, 620), (150, 34), 0.2), (168, 184, 198), 0.6, 16)
    for size in (1.0, 0.8):
        scene.polygon(_grate(size), (58, 60, 62) if size == 1.0 else (24, 24, 26))
    for bar in range(8):
        x = 408 + bar * 52
        scene.polygon([(x, 404), (x + 26, 404), (x + 22, 690), (x - 8, 690)], (84, 86, 88))
        scene.line([(x + 2, 404), (x - 4, 690)], (122, 124, 126), 4)
    scene.polygon([(392, 538), (812, 538), (812, 562), (388, 562)], (84, 86, 88))
    leaves(scene, (600, 560, 330, 190), 300, DRY, 24)
    leaves(scene, (540, 420, 560, 70), 130, DRY, 20)
    leaves(scene, (640, 640, 760, 220), 70, DRY, 20)
    scene.taper([(440, 470), (560, 520), (740, 500), (860, 540)], (13, 5), (82, 62, 44))


def _grate(size: float) -> list[Spot]:
    return [
        (600 - 250 * size, 552 - 190 * size),
        (600 + 250 * size, 552 - 190 * size),
        (600 + 262 * size, 552 + 184 * size),
        (600 - 262 * size, 552 + 184 * size),
    ]


def sign(scene: Scene) -> None:
    """A give-way sign on a bent post, turned out of its direction."""
    random, horizon = scene.random, 560.0
    day(scene, horizon)
    scene.blur(2.2)
    ground(scene, horizon, *MEADOW)
    scene.polygon([(760, horizon), (850, horizon), (1260, HEIGHT), (620, HEIGHT)], ASPHALT[0])
    scene.grain((600, horizon, WIDTH, HEIGHT), 0.5, (1.8, 1.2))
    lean = random.choice([-1, 1])
    foot, knee = (430.0, 850.0), (430 + lean * 14.0, 610.0)
    turn = lean * random.uniform(0.26, 0.36)
    head = (knee[0] + math.sin(turn) * 330, knee[1] - math.cos(turn) * 330)
    scene.line(
        [foot, knee, (head[0] + math.sin(turn) * 120, head[1] - math.cos(turn) * 120)], (150, 154, 158), 22
    )
    scene.line([(foot[0] - 5, foot[1]), (knee[0] - 5, knee[1])], (196, 200, 204), 6)
    tilt = turn + lean * random.uniform(0.16, 0.3)
    for radius, colour in ((232, (142, 146, 150)), (222, (200, 34, 38)), (146, (250, 250, 246))):
        corners = [(tilt + math.radians(angle)) for angle in (90, 210, 330)]
        scene.polygon(
            [
                (head[0] + math.cos(corner) * radius, head[1] + math.sin(corner) * radius)
                for corner in corners
            ],
            colour,
        )
    scuff = (head[0] + 40, head[1] - 60)
    scene.line([scuff, (scuff[0] + 70, scuff[1] + 46)], (120, 110, 104), 6)
    scene.line([(scuff[0] + 14, scuff[1] - 8), (scuff[0] + 80, scuff[1] + 30)], (150, 140, 132), 4)
    grass(scene, (300, 800, 560, 905), 200, GREEN, 62)
    grass(scene, (0, 700, 640, 910), 320, GREEN, 30)


def pavement(scene: Scene) -> None:
    """Paving stones lifted by a root: the kind of edge people stumble over."""
    random, horizon = scene.random, 220.0
    day(scene, horizon)
    scene.blur(2)
    ground(scene, horizon, *MEADOW)
    rows = [horizon + 680 * (step / 9) ** 1.7 for step in range(10)]
    for upper, lower in pairwise(rows):
        for column in range(5):
            scene.polygon(_stone(column, upper, lower), shade((178, 174, 166), random.uniform(0.9, 1.06)))
    for y in rows:
        scene.line([_edge(0, y), _edge(5, y)], (112, 108, 100), 1.5 + 5 * (y - horizon) / 680)
    for column in range(6):
        scene.line([_edge(column, horizon), _edge(column, HEIGHT)], (112, 108, 100), 5)
    scene.grain((0, horizon, WIDTH, HEIGHT), 0.4, (1.8, 1.4))
    _lifted(scene, rows, 30 + random.uniform(0, 8))
    grass(scene, (-10, 420, 120, 900), 260, GREEN)
    grass(scene, (1080, 420, 1210, 900), 260, GREEN)
    leaves(scene, (600, 700, 900, 260), 40, DRY, 10)


def _lifted(scene: Scene, rows: list[float], lift: float) -> None:
    """Two neighbouring stones raised by the root that comes in from the meadow, ringed with the yard's marking paint."""
    paint: Colour = (244, 92, 36)
    marked = [
        (600 + math.cos(turn) * 300, 668 + math.sin(turn) * 122)
        for turn in (step * 0.21 for step in range(31))
    ]
    scene.line(marked, paint, 12)
    root = [(1130, 640), (1010, 652), (890, 640), (790, 672)]
    scene.stain(shifted(root, 0, 16) + shifted(root[::-1], 0, 34), (40, 36, 30), 0.6, 7)
    scene.taper(root, (46, 26), (110, 86, 62))
    scene.taper(shifted(root, 0, -9), (10, 5), (140, 114, 86))
    for column, near, far, colour in (
        (2, lift, lift * 0.35, (190, 186, 178)),
        (3, lift * 1.5, lift * 0.9, (204, 200, 192)),
    ):
        a, b, c, d = _stone(column, rows[6], rows[7])
        scene.stain(
            [(d[0], d[1] - 4), (c[0], c[1] - 4), (c[0] + 8, c[1] + 40), (d[0] - 8, d[1] + 36)],
            (34, 30, 26),
            0.9,
            6,
        )
        top = [(a[0], a[1] - far * 0.4), (b[0], b[1] - far), (c[0], c[1] - near), (d[0], d[1] - near * 0.6)]
        scene.polygon([top[3], top[2], (c[0], c[1]), (d[0], d[1])], (88, 80, 70))
        scene.polygon(
            [top[3], top[2], (top[2][0], top[2][1] + 22), (top[3][0], top[3][1] + 22)], (146, 140, 130)
        )
        scene.polygon(top, colour)
        scene.line([top[3], top[2]], (236, 232, 224), 4)
    scene.taper([(640, 560), (676, 590), (668, 622), (702, 650)], (5, 2), (104, 98, 92))


def _edge(column: float, y: float) -> Spot:
    share = (y - 120) / (HEIGHT - 120)
    return 600 + (column - 2.5) * 236 * share, y


def _stone(column: int, upper: float, lower: float) -> tuple[Spot, Spot, Spot, Spot]:
    return _edge(column, upper), _edge(column + 1, upper), _edge(column + 1, lower), _edge(column, lower)
