# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bytes that only pretend to be a photo, or are more than one."""

from __future__ import annotations

import io
import warnings

import pillow_heif
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from verbund.files.errors import MovingPicture, NotAPhoto, TooManyPixels
from verbund.files.imaging import encode
from verbund.kernel.errors import Invalid

pillow_heif.register_heif_opener()


def picture(kind: str, *, size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    target = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(target, kind, **options)
    return target.getvalue()


WHOLE = {kind: picture(kind) for kind in ("JPEG", "PNG", "WEBP", "HEIF")}


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_moving_pictures_are_refused(kind):
    more = [Image.new("RGB", (64, 48), colour) for colour in ("red", "blue")]
    film = picture(kind, save_all=True, append_images=more)

    with pytest.raises(MovingPicture):
        encode(io.BytesIO(film))


def test_the_second_still_a_telephone_adds_is_left_out():
    target = io.BytesIO()
    first, second = Image.new("RGB", (64, 48), "red"), Image.new("RGB", (64, 48), "blue")
    first.save(target, "MPO", save_all=True, append_images=[second])

    kept = Image.open(io.BytesIO(encode(target).jpegs[400]))

    assert kept.size == (64, 48)
    red, _green, blue = kept.convert("RGB").getpixel((5, 5))
    assert red > 200
    assert blue < 50


@pytest.mark.parametrize("size", [(20_001, 10), (10, 20_001)])
def test_endless_strips_are_refused(size):
    with pytest.raises(TooManyPixels):
        encode(io.BytesIO(picture("PNG", size=size)))


@pytest.mark.parametrize("kind", sorted(WHOLE))
def test_nothing_that_hangs_on_a_picture_survives(kind):
    """A web page, an archive and a script behind the last pixel; texts, profiles and XMP before it."""
    word = b"<script>geheim</script>"
    options: dict[str, object] = {"icc_profile": word * 8}
    if kind == "PNG":
        options["pnginfo"] = PngInfo()
        options["pnginfo"].add_text("Comment", word.decode())  # type: ignore[attr-defined]  # a PngInfo
    else:
        options["xmp"] = word
    carrier = picture(kind, **options) + b"PK\x03\x04" + word
    assert carrier.count(b"geheim") > 1

    for jpeg in encode(io.BytesIO(carrier)).jpegs.values():
        assert b"geheim" not in jpeg
        assert b"PK\x03\x04" not in jpeg


def test_what_libheif_cannot_decode_is_no_photo():
    """Its errors are RuntimeErrors: the head is whole, the picture behind it is not."""
    content = bytearray(picture("HEIF", size=(256, 256)))
    start = content.index(b"mdat") + 4
    content[start:] = b"\xff" * (len(content) - start)

    with pytest.raises(NotAPhoto):
        encode(io.BytesIO(bytes(content)))


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    kind=st.sampled_from(sorted(WHOLE)),
    changes=st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=6),
    cut=st.integers(0, 4000),
    tail=st.binary(max_size=40),
)
def test_damaged_photos_are_read_or_refused_with_a_sentence_and_nothing_else(kind, changes, cut, tail):
    content = bytearray(WHOLE[kind])
    for place, value in changes:
        content[place % len(content)] = value
    content = content[: len(content) - cut % len(content)] if cut % 3 == 0 else content

    try:
        encoded = encode(io.BytesIO(bytes(content) + tail))
    except Invalid:
        return  # refused with one of our sentences; anything else fails
    else:
        assert all(Image.open(io.BytesIO(jpeg)).format == "JPEG" for jpeg in encoded.jpegs.values())
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            Image.open(io.BytesIO(encoded.jpegs[400])).load()
