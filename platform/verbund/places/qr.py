# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The code on a label: a picture of the place's public address, drawn as elements of the page."""

from __future__ import annotations

import segno
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from verbund.notify.sender import absolute_url
from verbund.places.models import Place


def address_of(place: Place) -> str:
    """Where the label leads: the municipality's first host, so that it outlives a renamed page or a second host."""
    return absolute_url(reverse("places:place", kwargs={"reference": place.reference}))


def code_of(place: Place) -> SafeString:
    """An SVG with a quiet zone and a quarter of it may be dirty or scratched."""
    drawn = segno.make(address_of(place), error="q", micro=False).svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True
    )
    return mark_safe(drawn)  # noqa: S308 (segno draws squares; nothing of the address is text in it)
