# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Colours: 37 that differ and can be read, checked input, one style sheet for each municipality."""

from __future__ import annotations

import itertools

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from tests.web.site.host import municipality
from verbund.kernel import context
from verbund.kernel.errors import Invalid
from verbund.web.color import BLACK, WHITE, Color, contrast, from_oklch, parse
from verbund.web.theme import check_brand, palette_color, stylesheet, theme_css, theme_of

MEMBERS = range(1, 38)
any_hex = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


def distance(one: str, other: str) -> float:
    first, second = parse(one), parse(other)
    assert first is not None
    assert second is not None
    return (
        sum(
            (a - b) ** 2
            for a, b in zip(
                (first.red, first.green, first.blue), (second.red, second.green, second.blue), strict=True
            )
        )
        ** 0.5
    )


def test_contrast_of_black_and_white():
    assert contrast(BLACK, WHITE) == pytest.approx(21)


@given(any_hex)
def test_color_survives_the_way_through_oklch(text: str):
    color = parse(text)
    assert color is not None

    assert distance(from_oklch(*color.oklch).hex, text) < 0.02


def test_palette_differs_for_all_members():
    colors = [palette_color(number) for number in MEMBERS]

    assert len(set(colors)) == len(colors)
    assert min(distance(one, other) for one, other in itertools.pairwise(colors)) > 0.2


@given(any_hex, st.sampled_from(["", "#000000", "#9ec5ff"]))
def test_every_theme_can_be_read(brand: str, dark: str):
    theme = theme_of({"brand": brand, "dark": dark})

    assert contrast(theme.brand, WHITE) >= 4.5
    assert contrast(theme.brand, theme.on_brand) >= 4.5
    assert contrast(theme.dark, BLACK) >= 4.5
    assert contrast(theme.dark, theme.on_dark) >= 4.5


def test_readable_color_stays_as_chosen():
    assert theme_of({"brand": "#1b5e20"}).brand.hex == "#1b5e20"


def test_page_is_light_unless_a_dark_color_was_chosen():
    assert theme_of({"brand": "#1b5e20"}).scheme == "light"
    assert theme_of({"brand": "#1b5e20", "dark": "#81c784"}).scheme == ""


@pytest.mark.parametrize("typed", ["", "grün", "#12", "#12345g", "red;}", "rgb(0,0,0)"])
def test_what_is_no_color_is_refused(typed: str):
    with pytest.raises(Invalid) as refused:
        check_brand(typed)
    assert refused.value.fields == {"brand": "Bitte geben Sie die Farbe so ein: #1b5e20."}


def test_color_that_is_too_light_is_refused_with_its_contrast():
    with pytest.raises(Invalid) as refused:
        check_brand("#ffcc00")
    assert "1,5 : 1" in refused.value.fields["brand"]


def test_checked_color_is_normalised():
    assert check_brand(" #1B5E20 ") == "#1b5e20"


def test_style_sheet_only_sets_public_tokens():
    sheet = stylesheet(theme_of({"brand": "#1b5e20"}))

    assert "--kern-color-action-default: #1b5e20;" in sheet
    assert {line.split(":")[0].strip() for line in sheet.splitlines() if line.startswith("  ")} == {
        "--kern-color-action-default",
        "--kern-color-action-on-default",
        "--kern-color-decorative-brand-default",
    }


def test_style_sheet_of_the_host_is_kept_for_a_year_by_its_version():
    place = municipality(7)
    version = theme_of({}, 7).version
    with context.enter(place):
        kept = theme_css(RequestFactory().get("/theme.css", {"v": version}))
        asked_again = theme_css(RequestFactory().get("/theme.css", {"v": "old"}))

    assert palette_color(7) in kept.content.decode()
    assert kept["Cache-Control"] == "public, max-age=31536000, immutable"
    assert asked_again["Cache-Control"] == "no-cache"


def test_unknown_host_gets_the_standard_colors():
    assert "#2044aa" in theme_css(RequestFactory().get("/theme.css")).content.decode()


def test_hex_has_six_digits():
    assert Color(0, 0.5, 1).hex == "#0080ff"
