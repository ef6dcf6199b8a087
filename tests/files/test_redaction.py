# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Black boxes: where they were meant, nothing is left of what lay under them, whatever the picture's size."""

from __future__ import annotations

import io

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from verbund.files.redaction import Box, redact

_PERCENT = st.floats(0, 99.9, allow_nan=False).map(lambda value: round(value, 1))
_SIDE = st.integers(60, 400)


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    left, top = draw(_PERCENT), draw(_PERCENT)
    return Box(
        left,
        top,
        max(0.1, round(draw(st.floats(0.1, 100)) * (100 - left) / 100, 1)),
        max(0.1, round(draw(st.floats(0.1, 100)) * (100 - top) / 100, 1)),
    )


def jpeg(width: int, height: int) -> io.BytesIO:
    target = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(target, "JPEG", quality=90)
    target.seek(0)
    return target


@settings(max_examples=60, deadline=None)
@given(box=boxes(), width=_SIDE, height=_SIDE)
def test_everything_under_a_box_is_black_in_every_size(box: Box, width: int, height: int) -> None:
    left, top, right, bottom = box.pixels(width, height)

    encoded = redact(jpeg(width, height), [box])

    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    for content in encoded.jpegs.values():
        with Image.open(io.BytesIO(content)) as shown:
            scale = shown.width / width
            middle = (int((left + right) / 2 * scale), int((top + bottom) / 2 * scale))
            point = min(middle[0], shown.width - 1), min(middle[1], shown.height - 1)
            # JPEG mixes neighbours: a box of a pixel or two is dark, never what it was.
            assert max(shown.convert("RGB").getpixel(point)) < 130


def test_what_is_outside_stays() -> None:
    encoded = redact(jpeg(400, 300), [Box(0, 0, 25, 25)])

    with Image.open(io.BytesIO(encoded.jpegs[1600])) as shown:
        assert min(shown.convert("RGB").getpixel((300, 200))) > 245
        assert max(shown.convert("RGB").getpixel((50, 30))) < 10


def test_boxes_are_kept_to_a_tenth_of_a_percent() -> None:
    assert Box(10.04, 20.06, 5, 99.99).as_list() == [10.0, 20.1, 5, 100.0]
