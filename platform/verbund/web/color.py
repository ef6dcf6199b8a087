# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Colour arithmetic: sRGB, OKLCH and the contrast ratio of WCAG 2."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

# Where the sRGB curve turns into a line (IEC 61966-2-1), and how far a channel may lie outside by rounding.
_LINEAR_BELOW = 0.0031308
_ENCODED_BELOW = 0.04045
_ROUNDING = 0.0005
_HEX = re.compile(r"#(?P<digits>[0-9a-fA-F]{6})")


@dataclass(frozen=True, slots=True)
class Color:
    """An opaque sRGB colour; channels from 0 to 1."""

    red: float
    green: float
    blue: float

    @property
    def hex(self) -> str:
        """`#rrggbb`, as CSS wants it."""
        return "#" + "".join(f"{round(channel * 255):02x}" for channel in (self.red, self.green, self.blue))

    @property
    def luminance(self) -> float:
        """Relative luminance of WCAG 2, 0 (black) to 1 (white)."""
        red, green, blue = (_linear(channel) for channel in (self.red, self.green, self.blue))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    @property
    def oklch(self) -> tuple[float, float, float]:
        """Lightness 0-1, chroma, hue in degrees (https://bottosson.github.io/posts/oklab/)."""
        red, green, blue = (_linear(channel) for channel in (self.red, self.green, self.blue))
        long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
        medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
        short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
        lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
        a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
        b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
        return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


WHITE = Color(1, 1, 1)
BLACK = Color(0, 0, 0)


def parse(text: str) -> Color | None:
    """The colour of `#1b5e20`; None when the text is no such value."""
    found = _HEX.fullmatch(text.strip())
    if found is None:
        return None
    digits = found["digits"]
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return Color(red, green, blue)


def contrast(one: Color, other: Color) -> float:
    """Contrast ratio of WCAG 2, from 1 to 21."""
    darker, lighter = sorted((one.luminance, other.luminance))
    return (lighter + 0.05) / (darker + 0.05)


def from_oklch(lightness: float, chroma: float, hue: float) -> Color:
    """The nearest colour a screen can show: chroma is taken back until it fits."""
    while chroma > 0:
        channels = _unclamped(lightness, chroma, hue)
        if all(-_ROUNDING <= channel <= 1 + _ROUNDING for channel in channels):
            break
        chroma -= 0.004
    red, green, blue = (min(1.0, max(0.0, channel)) for channel in _unclamped(lightness, max(chroma, 0), hue))
    return Color(red, green, blue)


def _unclamped(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _encoded(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _encoded(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _encoded(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= _ENCODED_BELOW else ((channel + 0.055) / 1.055) ** 2.4


def _encoded(channel: float) -> float:
    if channel <= _LINEAR_BELOW:
        return channel * 12.92
    return 1.055 * math.pow(channel, 1 / 2.4) - 0.055
