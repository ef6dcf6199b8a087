# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of the register can be found: everybody finds what is public and stands, the office everything it wrote down."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.urls import reverse

from verbund.kernel.ports import TIMELESS, SearchDocument, port
from verbund.places.kinds import parse_reference
from verbund.places.models import Place

SOURCE = "places.place"
_URLS = "verbund.config.urls.municipality"


def documents(keys: Collection[str] | None) -> Iterator[SearchDocument]:
    """The places with these numbers, or all; one that is taken down keeps its page but leaves the citizens' results."""
    places = Place.objects.order_by("pk")
    if keys is not None:
        places = places.filter(pk__in=[parse_reference(key) for key in keys])
    for place in places:
        reference = place.reference
        is_found = place.is_public and place.retired_at is None
        told = ". ".join(filter(None, [reference, place.category, place.description]))
        yield SearchDocument(
            key=reference,
            title=", ".join(filter(None, [place.name, place.address])),
            at=place.retired_at or TIMELESS,
            public_text=told,
            public_url=_path("places:place", reference) if is_found else "",
            staff_text=". ".join(filter(None, [told, place.internal_note])),
            staff_url=_path("places-staff:place", reference),
        )


def keep_findable(place: Place) -> None:
    """Index a place as it is now."""
    index: Any = port("SearchIndex")
    if index is not None:
        index.refresh(source=SOURCE, keys=[place.reference])


def _path(name: str, reference: str) -> str:
    return reverse(name, kwargs={"reference": reference}, urlconf=_URLS)
