# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the demo's pictures show off the street: waste, a branch, a bench, graffiti, an overgrown path, a swing."""

from __future__ import annotations

import math

from verbund.modules.defects.sample_scenery import (
    DRY,
    FRESH,
    GREEN,
    HEIGHT,
    MEADOW,
    SAND,
    STEEL,
    WIDTH,
    Colour,
    Scene,
    Spot,
    blob,
    day,
    grass,
    ground,
    leaves,
    mixed,
    shade,
    shifted,
)


def waste(scene: Scene) -> None:
    """A sofa, tyres and bags at a forest track."""
    random, horizon = scene.random, 400.0
    scene.gradient((0, 0, WIDTH, horizon + 40), (176, 196, 178), (202, 212, 176))
    for _ in range(150):
        size = random.uniform(18, 52)
        scene.ellipse(
            (random.uniform(0, WIDTH), random.uniform(0, 410)),
            (size, size * 0.7),
            shade((128, 156, 100), random.uniform(0.72, 1.2)),
        )
    for _ in range(16):
        x, width = random.uniform(0, WIDTH), random.uniform(10, 22)
        scene.line(
            [(x, -10), (x + random.uniform(-8, 8), horizon + 20)],
            shade((116, 88, 68), random.uniform(0.7, 1.15)),
            width,
        )
    scene.blur(7)
    ground(scene, horizon, (136, 128, 82), (112, 92, 58), 0.7)
    scene.stain([(1000, horizon), (1100, horizon), (1220, HEIGHT), (760, HEIGHT)], (176, 158, 120), 0.8, 22)
    for x, width in ((70, 58), (1120, 70)):
        scene.line([(x, -10), (x + 6, 560)], (104, 76, 56), width)
        scene.line([(x - width * 0.3, -10), (x - width * 0.3 + 6, 560)], (84, 60, 44), width * 0.25)
    leaves(scene, (560, 720, 900, 240), 420, DRY, 9)
    _sofa(
        scene, (random.uniform(300, 350), 560), random.choice([(128, 60, 52), (62, 88, 104), (112, 100, 72)])
    )
    for middle in ((800, 700), (905, 672), (850, 610)):
        _tyre(scene, middle)
    for middle, colour in (
        ((640, 735), (44, 72, 140)),
        ((535, 790), (40, 40, 44)),
        ((170, 780), (52, 84, 152)),
        ((725, 800), (40, 40, 44)),
    ):
        _bag(scene, (middle[0] + random.uniform(-14, 14), middle[1]), colour)
    grass(scene, (0, 800, WIDTH, 910), 260, GREEN, 44)


def _sofa(scene: Scene, corner: Spot, colour: Colour) -> None:
    x, y = corner
    scene.stain(
        [(x - 50, y + 190), (x + 480, y + 180), (x + 500, y + 225), (x - 30, y + 235)], (40, 34, 24), 0.75, 12
    )
    scene.polygon([(x, y - 80), (x + 420, y - 96), (x + 436, y + 60), (x, y + 70)], shade(colour, 0.82))
    for part in range(3):
        left = x + 18 + part * 136
        scene.polygon(
            [
                (left, y - 66 - part * 4),
                (left + 124, y - 72 - part * 4),
                (left + 126, y + 42),
                (left, y + 50),
            ],
            shade(colour, 1.0 + part * 0.05),
        )
        scene.polygon(
            [(left, y + 52), (left + 128, y + 46), (left + 138, y + 104), (left - 6, y + 112)],
            shade(colour, 1.16 + part * 0.05),
        )
        scene.line([(left, y + 52), (left + 128, y + 46)], shade(colour, 0.62), 4)
    scene.polygon(
        [(x - 10, y + 112), (x + 446, y + 96), (x + 448, y + 178), (x - 10, y + 196)], shade(colour, 0.9)
    )
    for left in (x - 62, x + 420):
        scene.polygon(
            [(left, y - 2), (left + 64, y - 6), (left + 70, y + 186), (left + 4, y + 200)],
            shade(colour, 1.08),
        )
        scene.ellipse((left + 32, y - 2), (36, 24), shade(colour, 1.22))
    rip = [(x + 178, y + 66), (x + 226, y + 60), (x + 214, y + 90), (x + 190, y + 92)]
    scene.polygon(rip, (226, 212, 164))


def _tyre(scene: Scene, middle: Spot) -> None:
    x, y = middle
    scene.stain(blob(scene.random, (x + 6, y + 54), (108, 34)), (34, 28, 22), 0.7, 8)
    scene.ellipse((x, y + 30), (98, 52), (28, 28, 30))
    scene.ellipse((x, y), (98, 52), (48, 48, 51))
    scene.ellipse((x, y), (80, 41), (36, 36, 38))
    scene.ellipse((x, y + 3), (52, 25), (84, 72, 50))
    scene.ellipse((x, y - 2), (50, 20), (22, 21, 20))
    for step in range(26):
        turn = step * math.tau / 26
        start = (x + math.cos(turn) * 96, y + 16 + math.sin(turn) * 50 + 6)
        if math.sin(turn) > -0.1:  # noqa: PLR2004 -- only the side that faces us has a visible tread
            scene.line([start, (start[0] + 2, start[1] + 18)], (60, 60, 62), 4)


def _bag(scene: Scene, middle: Spot, colour: Colour) -> None:
    x, y = middle
    random = scene.random
    scene.stain(blob(random, (x + 8, y + 62), (104, 26)), (34, 28, 22), 0.7, 8)
    scene.polygon(blob(random, (x, y), (92, 74), 0.09, 16), colour)
    for _ in range(7):
        start = (x + random.uniform(-60, 60), y + random.uniform(-10, 56))
        scene.line(
            [start, ((start[0] + x) / 2, y - 20), (x + random.uniform(-8, 8), y - 70)],
            shade(colour, random.choice([0.7, 1.35, 1.6])),
            random.uniform(2, 5),
        )
    scene.polygon(
        [(x - 12, y - 64), (x + 12, y - 64), (x + 38, y - 108), (x + 6, y - 90), (x - 30, y - 112)],
        shade(colour, 1.15),
    )
    scene.line([(x - 14, y - 66), (x + 14, y - 66)], (226, 196, 72), 6)


def branch(scene: Scene) -> None:
    """A big branch across a park path."""
    random, horizon = scene.random, 330.0
    day(scene, horizon)
    scene.blur(2.2)
    ground(scene, horizon, *MEADOW)
    scene.polygon([(640, horizon), (720, horizon), (980, HEIGHT), (220, HEIGHT)], (206, 190, 158))
    scene.stain([(650, horizon), (710, horizon), (860, HEIGHT), (360, HEIGHT)], (222, 208, 180), 0.6, 24)
    scene.grain((150, horizon + 20, 1010, HEIGHT), 0.45, (1.8, 1.1))
    grass(scene, (-10, 420, 330, 900), 460, GREEN)
    grass(scene, (900, 420, 1210, 900), 420, GREEN)
    trunk: Colour = (96, 76, 60)
    scene.polygon([(90, 700), (150, 600), (140, -10), (290, -10), (276, 600), (340, 700)], trunk)
    for _ in range(46):
        x, y = random.uniform(146, 282), random.uniform(0, 640)
        scene.line(
            [(x, y), (x + random.uniform(-6, 6), y + random.uniform(30, 80))],
            shade(trunk, random.choice([0.65, 0.8, 1.2])),
            random.uniform(3, 7),
        )
    scene.ellipse((268, 190), (30, 44), (216, 182, 128))
    scene.ellipse((270, 192), (18, 28), (192, 150, 98))
    scene.stain([(280, 700), (1130, 560), (1140, 610), (330, 800)], (50, 44, 30), 0.6, 12)
    main = [(270, 742), (430, 690), (600, 668), (760, 610), (930, 574), (1090, 520)]
    scene.taper(main, (58, 16), (88, 68, 52))
    scene.taper(shifted(main, -4, -12), (14, 4), (128, 104, 82))
    scene.ellipse((270, 742), (26, 32), (222, 190, 138))
    scene.ellipse((272, 743), (15, 20), (200, 160, 108))
    for index, (east, south) in (
        (1, (90, -190)),
        (2, (130, 150)),
        (3, (60, -190)),
        (3, (170, 130)),
        (4, (120, -120)),
        (5, (90, 70)),
    ):
        x, y = main[index]
        tip = (x + east + random.uniform(-20, 20), y + south + random.uniform(-20, 20))
        bend = (x + east * 0.4 + random.uniform(-16, 16), y + south * 0.55)
        scene.taper([(x, y), bend, tip], (20, 5), (84, 64, 48))
        leaves(scene, (*tip, 150, 110), 150, FRESH, 13)
        leaves(scene, (*bend, 90, 80), 40, FRESH, 12)
    leaves(scene, (640, 780, 700, 130), 70, FRESH, 9)


def bench(scene: Scene) -> None:
    """A bench by the pond with one slat broken through."""
    random, horizon = scene.random, 330.0
    day(scene, horizon)
    scene.gradient((0, horizon, WIDTH, 470), (150, 180, 200), (112, 146, 168))
    for _ in range(60):
        x, y = random.uniform(0, WIDTH), random.uniform(horizon + 8, 465)
        scene.line(
            [(x, y), (x + random.uniform(30, 120), y)], random.choice([(186, 206, 218), (96, 130, 152)]), 2
        )
    scene.blur(2.4)
    scene.gradient((0, 462, WIDTH, HEIGHT), *MEADOW)
    scene.grain((0, 466, WIDTH, HEIGHT), 0.5, (2.4, 1.6))
    grass(scene, (0, 470, WIDTH, 560), 380, (104, 136, 66), 30)
    scene.stain([(200, 800), (1010, 790), (1060, 850), (150, 860)], (44, 52, 28), 0.7, 14)
    wood: Colour = random.choice([(158, 106, 62), (146, 112, 76), (134, 88, 54)])
    for x in (300, 900):
        scene.line([(x - 30, 830), (x - 6, 640), (x + 26, 380)], STEEL, 18)
        scene.line([(x + 50, 826), (x + 40, 640), (x - 20, 632)], shade(STEEL, 0.8), 18)
    for row, y in enumerate((396, 456, 516)):
        _slat(scene, (226, y), (974, y - 4), 40, shade(wood, 1.08 - row * 0.04))
    for row, y in enumerate((606, 650, 700)):
        if row != 1:
            _slat(scene, (206 - row * 12, y), (990 + row * 12, y - 4), 34, shade(wood, 1.0 + row * 0.08))
    _broken_slat(scene, wood)
    grass(scene, (0, 830, WIDTH, 915), 340, GREEN, 40)


def _slat(scene: Scene, start: Spot, end: Spot, thick: float, colour: Colour) -> None:
    (x0, y0), (x1, y1) = start, end
    scene.polygon([(x0, y0), (x1, y1), (x1, y1 + thick), (x0, y0 + thick)], colour)
    scene.polygon(
        [(x0, y0 + thick * 0.78), (x1, y1 + thick * 0.78), (x1, y1 + thick), (x0, y0 + thick)],
        shade(colour, 0.66),
    )
    for _ in range(9):
        share, along = scene.random.uniform(0.1, 0.7), scene.random.uniform(0, 0.75)
        x = x0 + (x1 - x0) * along
        scene.line(
            [(x, y0 + thick * share), (x + 130, y1 + thick * share)],
            shade(colour, scene.random.choice([0.86, 1.1])),
            2,
        )
    for x in (x0 + (x1 - x0) * 0.11, x0 + (x1 - x0) * 0.9):
        scene.ellipse((x, y0 + thick * 0.38), (5, 5), (70, 70, 72))


def _broken_slat(scene: Scene, wood: Colour) -> None:
    pale: Colour = (232, 202, 150)
    left = [(196, 652), (556, 676), (604, 700), (548, 702), (584, 722), (520, 714), (194, 688)]
    right = [(998, 648), (684, 706), (634, 744), (690, 738), (660, 764), (730, 742), (1000, 684)]
    for points, break_at in ((left, slice(1, 6)), (right, slice(1, 6))):
        scene.stain(shifted(points, 6, 40), (46, 40, 26), 0.5, 8)
        scene.polygon(points, shade(wood, 0.98))
        scene.polygon(points[break_at], pale)
        tips = points[break_at]
        for tip in tips[1:4:2]:
            scene.line([tips[0], tip], shade(pale, 0.78), 3)


def graffiti(scene: Scene) -> None:
    """A sprayed wall beside a pavement."""
    random = scene.random
    plaster: Colour = random.choice([(214, 206, 190), (196, 200, 196), (218, 204, 180)])
    scene.gradient((0, 0, WIDTH, 700), shade(plaster, 1.04), shade(plaster, 0.9))
    scene.grain((0, 0, WIDTH, 700), 0.3, (3, 3))
    scene.polygon([(0, 0), (WIDTH, 0), (WIDTH, 46), (0, 62)], (112, 84, 68))
    scene.stain([(0, 52), (WIDTH, 40), (WIDTH, 96), (0, 112)], (60, 54, 50), 0.55, 12)
    scene.polygon([(0, 610), (WIDTH, 606), (WIDTH, 712), (0, 716)], shade(plaster, 0.62))
    scene.gradient((0, 706, WIDTH, HEIGHT), (158, 156, 152), (124, 122, 120))
    for x in range(-300, 1600, 150):
        scene.line([(600 + (x - 600) * 0.8, 708), (600 + (x - 600) * 1.25, HEIGHT)], (104, 102, 100), 3)
    scene.line([(0, 778), (WIDTH, 778)], (106, 104, 102), 3)
    scene.grain((0, 706, WIDTH, HEIGHT), 0.4, (2, 1.4))
    grass(scene, (0, 704, WIDTH, 722), 90, GREEN, 30)
    inks: list[tuple[Colour, Colour]] = [
        ((226, 54, 128), (30, 26, 40)),
        ((44, 168, 190), (28, 30, 60)),
        ((246, 176, 40), (40, 30, 28)),
    ]
    fill, edge = random.choice(inks)
    word = random.choice(["KRAX", "ZOOM", "BAM", "SNEK"])
    middle = (600 + random.uniform(-40, 40), 350.0)
    scene.stain(blob(random, middle, (470, 190), 0.16), mixed(fill, plaster, 0.5), 0.75, 26)
    for index, letter in enumerate(word):
        spot = (middle[0] + (index - (len(word) - 1) / 2) * 215, middle[1] + random.uniform(-34, 34))
        scene.text((spot[0] + 10, spot[1] + 12), letter, 330, edge, stroke=34, edge=edge)
        scene.text(spot, letter, 330, fill, stroke=24, edge=edge)
        scene.text(
            (spot[0] - 2, spot[1] - 4), letter, 330, fill, stroke=9, edge=mixed(fill, (255, 255, 255), 0.55)
        )
    for _ in range(9):
        top = (middle[0] + random.uniform(-400, 400), middle[1] + random.uniform(110, 150))
        end = (top[0], top[1] + random.uniform(40, 150))
        scene.taper([top, end], (8, 6), random.choice([fill, edge]))
        scene.ellipse(end, (5, 8), edge)
    scribble = [(860 + step * 26, 548 + math.sin(step * 1.9) * 34) for step in range(10)]
    scene.line(scribble, (36, 36, 44), 9)


def path(scene: Scene) -> None:
    """A footpath that disappears between nettles and brambles."""
    random, horizon = scene.random, 300.0
    day(scene, horizon)
    scene.blur(2.4)
    ground(scene, horizon, (118, 146, 76), (84, 116, 52))
    scene.polygon([(586, horizon), (614, horizon), (860, HEIGHT), (340, HEIGHT)], (206, 190, 156))
    scene.grain((360, horizon, 820, HEIGHT), 0.4, (1.8, 1.2))
    for y in range(312, 930, 9):
        depth = (y - 300) / 600
        half = 14 + depth * 178
        for side in (-1, 1):
            for _ in range(6):
                inner = 600 + side * half * random.uniform(0.62, 1.5)
                outer = 600 + side * (half + random.uniform(0, 560) * (0.25 + depth))
                _weed(scene, (random.choice([inner, outer, outer]), y), 34 + 130 * depth, -side)
    scene.line([(262, 170), (262, 520)], (120, 92, 66), 18)
    scene.polygon([(120, 150), (392, 150), (430, 196), (392, 242), (120, 242)], (236, 224, 190))
    scene.text((262, 197), "Bahnhof", 56, (60, 56, 48))
    for step in range(14):
        _weed(scene, (190 + step * 11, 560 + step % 3 * 20), 150, 1)


def _weed(scene: Scene, foot: Spot, height: float, lean: int) -> None:
    random = scene.random
    colour = shade(random.choice(FRESH), random.uniform(0.6, 1.2))
    top = (foot[0] + lean * random.uniform(-0.1, 0.5) * height, foot[1] - height * random.uniform(0.6, 1.0))
    middle = ((foot[0] * 0.7 + top[0] * 0.3), (foot[1] + top[1]) / 2)
    scene.line([foot, middle, top], shade(colour, 0.75), max(1.5, height / 34))
    for share in (0.35, 0.6, 0.85, 1.0):
        x, y = foot[0] + (top[0] - foot[0]) * share, foot[1] + (top[1] - foot[1]) * share
        size = height * 0.17 * (1.25 - share * 0.6)
        for side in (-1, 1):
            scene.polygon(
                [
                    (x, y),
                    (x + side * size * 0.7, y - size * 0.5),
                    (x + side * size * 1.7, y + size * 0.1),
                    (x + side * size * 0.7, y + size * 0.35),
                ],
                shade(colour, random.uniform(0.85, 1.2)),
            )


def swing(scene: Scene) -> None:
    """A playground swing whose chain has torn on one side."""
    random, horizon = scene.random, 380.0
    day(scene, horizon)
    for x in range(-40, 1260, 44):
        scene.ellipse(
            (x, 372), (52, random.uniform(52, 72)), shade((78, 118, 58), random.uniform(0.85, 1.15))
        )
    scene.blur(2)
    scene.gradient((0, 400, WIDTH, HEIGHT), *MEADOW)
    scene.grain((0, 404, WIDTH, HEIGHT), 0.5, (2.4, 1.4))
    scene.polygon(blob(random, (600, 730), (560, 190), 0.05, 40), SAND[0])
    scene.stain(blob(random, (600, 760), (430, 120), 0.1), SAND[1], 0.7, 24)
    scene.grain((40, 545, 1160, 900), 0.4, (1.4, 1.1))
    frame: Colour = random.choice([(190, 52, 44), (42, 104, 168), (172, 122, 66)])
    scene.stain([(200, 800), (1000, 770), (1010, 790), (200, 830)], (104, 86, 54), 0.6, 8)
    for x, spread in ((210, 92), (990, 92)):
        scene.line([(x, 150), (x - spread, 790)], shade(frame, 0.85), 24)
        scene.line([(x, 150), (x + spread * 0.6, 730)], shade(frame, 0.7), 22)
    scene.line([(180, 150), (1020, 150)], frame, 28)
    scene.line([(180, 144), (1020, 144)], shade(frame, 1.25), 6)
    _chain(scene, (350, 164), (362, 640))
    _chain(scene, (480, 164), (480, 640))
    scene.stain([(350, 776), (500, 776), (500, 796), (350, 796)], (104, 86, 54), 0.7, 8)
    scene.polygon([(346, 636), (496, 636), (502, 662), (340, 662)], (46, 46, 50))
    scene.polygon([(346, 636), (496, 636), (494, 644), (348, 644)], (84, 84, 88))
    _chain(scene, (850, 164), (842, 560))
    scene.polygon([(826, 560), (852, 556), (812, 716), (786, 708)], (46, 46, 50))
    scene.polygon([(826, 560), (834, 559), (794, 711), (786, 708)], (88, 88, 92))
    _chain(scene, (720, 164), (716, 330))
    _chain(scene, (800, 712), (724, 778))
    _chain(scene, (724, 778), (640, 770))
    scene.stain(blob(random, (780, 790), (110, 16)), (104, 86, 54), 0.6, 8)


def _chain(scene: Scene, start: Spot, end: Spot) -> None:
    links = max(3, round(math.dist(start, end) / 15))
    turn = math.atan2(end[1] - start[1], end[0] - start[0])
    for index in range(links):
        x, y = start[0] + (end[0] - start[0]) * index / links, start[1] + (end[1] - start[1]) * index / links
        tip = (x + math.cos(turn) * 11, y + math.sin(turn) * 11)
        scene.line([(x, y), tip], (112, 116, 122) if index % 2 else (72, 76, 82), 8 if index % 2 else 5)
