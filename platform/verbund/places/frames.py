# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What part of the ground a map shows, as the tag `map_view` wants it: south, west, north, east."""

from __future__ import annotations

from django.conf import settings

from verbund.places.basemap import ATTRIBUTION
from verbund.places.geometry import Bounds, grown
from verbund.places.models import Boundary
from verbund.places.queries import bounding_box
from verbund.places.shapes import GERMANY

_AROUND = 150.0  # metres: a few houses on every side


def whole() -> str:
    """The municipality; Germany, while its outline is unknown."""
    return _text(bounding_box() or GERMANY)


def around(bounds: Bounds) -> str:
    """A place with what stands next to it."""
    return _text(grown(bounds, _AROUND))


def attribution() -> str:
    """Whose data the map shows; an own boundary names its source, a map service what its operator demands."""
    own = Boundary.objects.exclude(source=ATTRIBUTION).order_by("source").distinct("source")
    service = [settings.VERBUND.tiles_attribution] if settings.VERBUND.tiles_url else []
    return " | ".join([*service, ATTRIBUTION, *own.values_list("source", flat=True)])


def _text(bounds: Bounds) -> str:
    west, south, east, north = bounds
    return f"{south:.5f},{west:.5f},{north:.5f},{east:.5f}"
