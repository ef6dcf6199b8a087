# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Turns whatever a camera made into plain JPEGs: upright, small enough, without a word about where and by whom."""

from __future__ import annotations

import io
import struct
import threading
from dataclasses import dataclass
from typing import IO

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from verbund.files.errors import MovingPicture, NotAPhoto, TooManyPixels

pillow_heif.register_heif_opener()

SIZES = (1600, 400)
_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
_MOST_PIXELS = 60_000_000  # the best telephones make 50 million
_LONGEST_SIDE = 20_000  # a panorama; a strip of one pixel's height is none
# Telephones put a second still picture into a JPEG or HEIC; these two would hide a film behind the first one.
_FORMATS_THAT_MOVE = frozenset({"PNG", "WEBP"})
_QUALITY = {1600: 82, 400: 78}
# What the decoders raise about damaged bytes; libheif's own errors arrive as RuntimeError. Pillow only warns about damaged
# metadata, which is dropped anyway: a photo is refused for it where a process makes errors of warnings, as the tests do.
_UNREADABLE = (
    UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, EOFError, RuntimeError, LookupError,
    ArithmeticError, struct.error, Warning,
)  # fmt: skip
# A PNG of 200 kB may unfold to 240 MB: one at a time in a process, or a handful of them would take all memory.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Encoded:
    """One photo in its sizes; width and height are those of the largest."""

    width: int
    height: int
    jpegs: dict[int, bytes]

    @property
    def size_bytes(self) -> int:
        return sum(len(jpeg) for jpeg in self.jpegs.values())


def encode(source: IO[bytes]) -> Encoded:
    """Decode and encode anew; only pixels survive.

    Raises:
        NotAPhoto: it is not a JPEG, PNG, WEBP or HEIC, or it is damaged.
        TooManyPixels: it would be larger than any camera's.
        MovingPicture: it has more pictures than the one the office would look at.
    """
    with _one_at_a_time:
        largest = _opened(source)
    return encode_image(largest)


def encode_image(picture: Image.Image) -> Encoded:
    """A picture that is decoded already, in all sizes."""
    jpegs = {side: _jpeg(_reduced(picture, side), _QUALITY[side]) for side in SIZES}
    return Encoded(picture.width, picture.height, jpegs)


def _opened(source: IO[bytes]) -> Image.Image:
    try:
        image = Image.open(source, formats=_FORMATS)
        _refuse_unseen(image)
        image.draft("RGB", (SIZES[0], SIZES[0]))  # JPEG decodes straight to about that size
        image.load()
        # Smaller first: everything after costs as many bytes again.
        return _flat(ImageOps.exif_transpose(_reduced(_in_colours(image), SIZES[0])))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixels from error
    except _UNREADABLE as error:
        raise NotAPhoto from error


def _refuse_unseen(image: Image.Image) -> None:
    """By what the head of the file says, before its pixels take any memory."""
    if image.width * image.height > _MOST_PIXELS or max(image.size) > _LONGEST_SIDE:
        raise TooManyPixels
    if image.format in _FORMATS_THAT_MOVE and getattr(image, "n_frames", 1) > 1:
        raise MovingPicture


def _in_colours(image: Image.Image) -> Image.Image:
    """RGB, or RGBA where something shines through; palettes cannot be made smaller."""
    shines_through = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    wanted = "RGBA" if shines_through else "RGB"
    return image if image.mode == wanted else image.convert(wanted)


def _flat(image: Image.Image) -> Image.Image:
    """RGB on white: JPEG knows no transparency."""
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _reduced(image: Image.Image, side: int) -> Image.Image:
    if max(image.size) <= side:
        return image
    scale = side / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS)


def _jpeg(image: Image.Image, quality: int) -> bytes:
    # A new picture with the pixels alone: nothing of the original's EXIF, XMP, ICC or comments comes along.
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    target = io.BytesIO()
    bare.save(target, "JPEG", quality=quality, optimize=True, progressive=True)
    return target.getvalue()
