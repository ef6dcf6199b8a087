# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Black boxes on a photo: what lies under them is in no byte of the result."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from PIL import Image, ImageDraw

from verbund.files.imaging import Encoded, encode_image


@dataclass(frozen=True, slots=True)
class Box:
    """Left, top, width and height in percent of the picture, from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    def as_list(self) -> list[float]:
        """As it is kept: to a tenth of a percent."""
        return [round(value, 1) for value in (self.left, self.top, self.width, self.height)]

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """The corners on a picture of that size; rounded outwards, never smaller than what was meant."""
        left, top = int(self.left / 100 * width), int(self.top / 100 * height)
        right = math.ceil((self.left + self.width) / 100 * width)
        bottom = math.ceil((self.top + self.height) / 100 * height)
        return left, top, min(right, width), min(bottom, height)


def redact(source: IO[bytes], boxes: Iterable[Box]) -> Encoded:
    """Blacken on the largest size we keep, then encode all sizes from the result."""
    with Image.open(source, formats=("JPEG",)) as image:
        picture = image.convert("RGB")
    drawing = ImageDraw.Draw(picture)
    for box in boxes:
        left, top, right, bottom = box.pixels(*picture.size)
        if right > left and bottom > top:
            drawing.rectangle((left, top, right - 1, bottom - 1), fill="black")
    return encode_image(picture)
