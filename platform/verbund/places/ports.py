# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What places offer to other packages: the built-in geocoder, which knows the municipality's own address list."""

from __future__ import annotations

from verbund.kernel import context
from verbund.kernel.context import Municipality
from verbund.kernel.ports import FoundAddress
from verbund.places import queries
from verbund.places.queries import AddressHit


class AddressListGeocoder:
    """The port `Geocoder`; the association has no addresses."""

    def find(self, text: str) -> list[FoundAddress]:
        if not isinstance(context.current(), Municipality):
            return []
        return [_found(hit) for hit in queries.geocode(text)]

    def nearest(self, lat: float, lon: float, *, within_m: float = 250) -> FoundAddress | None:
        if not isinstance(context.current(), Municipality):
            return None
        hit = queries.nearest_address(lat, lon, within_m=within_m)
        return _found(hit) if hit is not None else None


def _found(hit: AddressHit) -> FoundAddress:
    return FoundAddress(label=hit.label, lat=hit.lat, lon=hit.lon, is_exact=bool(hit.house_number))


geocoder = AddressListGeocoder()
