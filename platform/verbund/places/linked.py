# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A place as an end of a link, for who may see the register."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.kernel.actors import Actor
from verbund.kernel.ports import LinkEnd
from verbund.places.kinds import format_reference, parse_reference
from verbund.places.models import Place
from verbund.places.permissions import PlacesPermission

# A bare number would be taken for a place where somebody means a case.
_WRITTEN = re.compile(r"\s*O[\s-]*[0-9]+\s*", re.IGNORECASE | re.ASCII)


def find(text: str) -> str:
    """The number of a place in what somebody typed, with its letter; whether there is one, `describe` says."""
    number = parse_reference(text) if _WRITTEN.fullmatch(text) else None
    return format_reference(number) if number is not None else ""


def describe(keys: Iterable[str], who: Actor) -> dict[str, LinkEnd]:
    """Those of the places that this person may see."""
    if not who.may(PlacesPermission.READ):
        return {}
    numbers = [number for key in keys if (number := parse_reference(key)) is not None]
    return {place.reference: _end(place, who) for place in Place.objects.filter(pk__in=numbers).defer("wkb")}


def _end(place: Place, who: Actor) -> LinkEnd:
    return LinkEnd(
        title=f"{place.reference} {place.name}",
        url=reverse(
            "places-staff:place",
            urlconf="verbund.config.urls.municipality",
            kwargs={"reference": place.reference},
        ),
        state=_("stillgelegt") if place.retired_at is not None else "",
        may_change=who.may(PlacesPermission.EDIT),
    )
