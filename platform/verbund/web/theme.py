# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The colours of a municipality: checked for contrast, completed, and delivered as a style sheet."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.kernel import context
from verbund.kernel.context import Municipality
from verbund.kernel.errors import Invalid
from verbund.web.color import BLACK, WHITE, Color, contrast, from_oklch, parse

ENOUGH_CONTRAST = 4.5
# KERN's grounds that links and buttons stand on: fields and cards in light, cards in dark.
_LIGHT_SURFACE = Color(0xF3 / 255, 0xF4 / 255, 0xF7 / 255)
_DARK_SURFACE = Color(0x1D / 255, 0x20 / 255, 0x34 / 255)
_GOLDEN_ANGLE = 137.508
_YELLOWS = range(60, 126)
_ORANGES = range(20, 51)
_YEAR = 365 * 24 * 3600
# The association, and pages that belong to nobody, keep KERN's own blue.
_STANDARD = {"brand": "#2044aa"}


@dataclass(frozen=True, slots=True)
class Theme:
    """Brand colour for light and dark grounds with the colours that are readable on them."""

    brand: Color
    on_brand: Color
    dark: Color
    on_dark: Color
    follows_device: bool = False

    @property
    def scheme(self) -> str:
        """Value of data-kern-theme: `light` unless the municipality chose a dark colour of its own."""
        return "" if self.follows_device else "light"

    @property
    def version(self) -> str:
        """Changes with the style sheet, so that browsers may keep it for a year."""
        return hashlib.sha256(stylesheet(self).encode()).hexdigest()[:12]


def palette_color(number: int) -> str:
    """A calm colour for a municipality without one of its own; neighbours in number differ clearly."""
    hue = round(205 + number * _GOLDEN_ANGLE) % 360
    # Yellow hues turn muddy when dark enough for white text; a little more chroma and light keeps them warm.
    lightness = (0.40, 0.45, 0.36)[number % 3] + (0.03 if hue in _YELLOWS else 0.0)
    chroma = (0.115, 0.135, 0.10)[number % 3] * (0.75 if hue in _ORANGES else 1.0)
    return _readable(from_oklch(lightness, chroma, hue), _LIGHT_SURFACE, step=-0.01).hex


def theme_of(colors: Mapping[str, str], number: int = 0) -> Theme:
    """The theme for `{"brand": "#…", "dark": "#…"}`; what is missing or unreadable is made up for."""
    brand = parse(colors.get("brand", "")) or parse(palette_color(number)) or BLACK
    brand = _readable(brand, _LIGHT_SURFACE, step=-0.01)
    chosen_dark = parse(colors.get("dark", ""))
    dark = _readable(chosen_dark or dark_variant(brand), _DARK_SURFACE, step=0.01)
    return Theme(
        brand=brand,
        on_brand=_on(brand),
        dark=dark,
        on_dark=_on(dark),
        follows_device=chosen_dark is not None,
    )


def dark_variant(brand: Color) -> Color:
    """The same hue, light enough to be read on dark grounds."""
    _lightness, chroma, hue = brand.oklch
    return _readable(from_oklch(0.78, min(chroma, 0.12), hue), _DARK_SURFACE, step=0.01)


def check_brand(text: str) -> str:
    """A colour an operator typed, normalised.

    Raises:
        Invalid: it is no `#rrggbb` or too light to be read; ``fields["brand"]`` says which.
    """
    color = parse(text)
    if color is None:
        raise _invalid(_("Bitte geben Sie die Farbe so ein: #1b5e20."))
    reached = contrast(color, WHITE)
    if reached < ENOUGH_CONTRAST:
        raise _invalid(
            _(
                "Diese Farbe ist zu hell: Der Kontrast zu Weiß ist %(reached)s : 1, nötig sind 4,5 : 1. "
                "Bitte wählen Sie einen dunkleren Ton."
            )
            % {"reached": f"{reached:.1f}".replace(".", ",")}
        )
    return color.hex


def stylesheet(theme: Theme) -> str:
    """Overrides of KERN's public tokens, nothing else."""
    light = _rules(theme.brand, theme.on_brand)
    dark = _rules(theme.dark, theme.on_dark)
    return (
        f':root, [data-kern-theme="light"], .kern-light {{\n{light}}}\n'
        f'[data-kern-theme="dark"], .kern-dark {{\n{dark}}}\n'
        f"@media (prefers-color-scheme: dark) {{\n:root:not([data-kern-theme]) {{\n{dark}}}\n}}\n"
    )


def current_theme() -> Theme:
    """The theme of the municipality at work; KERN's own blue for the association and for unknown hosts."""
    scope = context.current_or_none()
    return (
        theme_of(scope.theme, scope.first_number) if isinstance(scope, Municipality) else theme_of(_STANDARD)
    )


@require_safe
def theme_css(request: HttpRequest) -> HttpResponse:
    """`/theme.css?v=…` of the host; kept for a year when asked for by its version."""
    theme = current_theme()
    response = HttpResponse(stylesheet(theme), content_type="text/css; charset=utf-8")
    is_versioned = request.GET.get("v") == theme.version
    response["Cache-Control"] = f"public, max-age={_YEAR}, immutable" if is_versioned else "no-cache"
    return response


def _rules(color: Color, on_color: Color) -> str:
    return (
        f"  --kern-color-action-default: {color.hex};\n"
        f"  --kern-color-action-on-default: {on_color.hex};\n"
        f"  --kern-color-decorative-brand-default: {color.hex};\n"
    )


def _on(color: Color) -> Color:
    return max((WHITE, BLACK), key=lambda candidate: contrast(candidate, color))


def _readable(color: Color, ground: Color, *, step: float) -> Color:
    """The colour, made darker (negative step) or lighter until it is readable on the ground."""
    lightness, chroma, hue = color.oklch
    end = 1.0 if step > 0 else 0.0
    while contrast(color, ground) < ENOUGH_CONTRAST and lightness != end:
        lightness = min(1.0, max(0.0, lightness + step))
        color = from_oklch(lightness, chroma, hue)
    return color


def _invalid(reason: str | Promise) -> Invalid:
    return Invalid(fields={"brand": str(reason)})
