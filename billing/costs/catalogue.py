# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Services with their regimes and prices: what holds on a day, what is to come, what held before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from billing.allocation import prices
from billing.costs.models import PriceVersion, RegimeVersion, Service
from billing.costs.versions import prices_of
from verbund.kernel.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A service as it stands on a day; None where nothing was decided yet."""

    service: Service
    regime: RegimeVersion | None
    price: PriceVersion | None

    @property
    def prices(self) -> prices.PriceVersion | None:
        return prices_of(self.price) if self.price is not None else None


def offers(day: date) -> Sequence[Offer]:
    """Every service, by code; of two versions that begin on the same day the later one holds."""
    regimes = {
        row.service_id: row
        for row in RegimeVersion.objects.filter(valid_from__lte=day).order_by("valid_from", "version")
    }
    found = {
        row.service_id: row
        for row in PriceVersion.objects.filter(valid_from__lte=day)
        .select_related("service")
        .order_by("valid_from", "version")
    }
    return [
        Offer(service=service, regime=regimes.get(service.pk), price=found.get(service.pk))
        for service in Service.objects.all()
    ]


def find_service(code: str) -> Service:
    """The service.

    Raises:
        NotFound: there is none of that code.
    """
    service = Service.objects.filter(code=code).first()
    if service is None:
        raise NotFound
    return service


def in_force(versions: Sequence[PriceVersion] | Sequence[RegimeVersion], day: date) -> int | None:
    """The number of the version that holds on a day."""
    held = [(row.valid_from, row.version) for row in versions if row.valid_from <= day]
    return max(held)[1] if held else None
