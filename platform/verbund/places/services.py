# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes to the municipality's outlines; and made-up addresses for demo municipalities."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from shapely import wkb

from tenants.bodies_list import known_body
from verbund.audit.api import record
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM, Actor
from verbund.kernel.context import Municipality
from verbund.places import basemap
from verbund.places.address_rows import AddressRow
from verbund.places.boundaries import save_outline
from verbund.places.importing import replace_addresses
from verbund.places.models import Address, Boundary
from verbund.places.sample import sample_addresses


@transaction.atomic
def load_shipped_boundaries(*, by: Actor, at: datetime) -> int:
    """Take the outlines of the entered municipality's bodies from the shipped data; how many there are."""
    wanted = [body.ags for body in context.current_municipality().bodies]
    shipped = basemap.body_shapes()
    shapes = [shipped[ags] for ags in wanted if ags in shipped]
    _save_shipped(shapes, by=by, at=at)
    return len(shapes)


@transaction.atomic
def follow_bodies(*, by: Actor, at: datetime) -> None:
    """Outlines for bodies that are new, none for those that are not ours any more; the others stay as imported."""
    own = {body.ags for body in context.current_municipality().bodies}
    for gone in Boundary.objects.exclude(ags__in=own):
        record(action="places.boundary.removed", subject=f"places.boundary:{gone.ags}", by=by, at=at)
        gone.delete()
    missing = own - set(Boundary.objects.values_list("ags", flat=True))
    shipped = basemap.body_shapes()
    shapes = [shipped[ags] for ags in sorted(missing) if ags in shipped]
    _save_shipped(shapes, by=by, at=at)


def _save_shipped(shapes: Iterable[basemap.BodyShape], *, by: Actor, at: datetime) -> None:
    for shape in shapes:
        geometry = wkb.loads(shape.wkb)
        save_outline(
            ags=shape.ags, name=shape.name, geometry=geometry, source=basemap.ATTRIBUTION, by=by, at=at
        )


def load_sample(municipality: Municipality) -> None:
    """Fill a demo municipality with made-up addresses, unless it has addresses already."""
    with context.enter(municipality):
        if Address.objects.exists():
            return
        shapes = basemap.body_shapes()
        rows = [
            AddressRow(*(getattr(address, name) for name in AddressRow.__slots__))
            for body in municipality.bodies
            if body.ags in shapes
            for address in sample_addresses(shapes[body.ags], _postal_code(body.ags))
        ]
        replace_addresses(rows=rows, is_demo=True, by=SYSTEM, at=clock.now())


def _postal_code(ags: str) -> str:
    body = known_body(ags)
    return body.postal_code if body is not None else "00000"
