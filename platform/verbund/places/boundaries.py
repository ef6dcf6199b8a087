# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes to the outlines of the municipality's bodies: exact ones from a file, or the shipped ones again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from verbund.audit.api import record
from verbund.kernel import context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid
from verbund.places.models import Boundary, PendingFile
from verbund.places.outlines import Outline, read_outlines
from verbund.places.shapes import bounds_of
from verbund.places.uploads import keep_upload, take_content


def outlines_in(content: bytes) -> list[Outline]:
    """The outlines of the entered municipality in a file.

    Raises:
        BadShape: there is none, or one is faulty.
    """
    return read_outlines(content, context.current_municipality().bodies)


@transaction.atomic
def upload_boundary(*, name: str, content: bytes, by: Actor, at: datetime) -> PendingFile:
    """Keep a file to look at its outlines on the map.

    Raises:
        BadShape: it holds no outline of this municipality, or a faulty one.
    """
    outlines_in(content)
    return keep_upload(purpose=PendingFile.BOUNDARY, name=name, content=content, by=by, at=at)


@transaction.atomic
def import_uploaded_boundary(*, source: str, by: Actor, at: datetime) -> int:
    """Take over the file that waits; how many outlines it held.

    Raises:
        NothingWaits: there is none any more. Invalid: it is not said whose data it is.
    """
    return import_boundaries(content=take_content(PendingFile.BOUNDARY), source=source, by=by, at=at)


@transaction.atomic
def import_boundaries(*, content: bytes, source: str, by: Actor, at: datetime) -> int:
    """Take over the outlines of a GeoJSON file; how many there are. ``source`` is shown with the map.

    Raises:
        BadShape: it holds no outline of this municipality, or a faulty one. Invalid: the source is missing.
    """
    if not source.strip():
        message = _("Bitte geben Sie an, von wem die Grenze stammt.")
        raise Invalid(message, fields={"source": message})
    found = outlines_in(content)
    for outline in found:
        save_outline(
            ags=outline.ags, name=outline.name, geometry=outline.geometry, source=source.strip(), by=by, at=at
        )
    return len(found)


@transaction.atomic
def save_outline(
    *, ags: str, name: str, geometry: BaseGeometry, source: str, by: Actor, at: datetime
) -> None:
    """Put an outline in the place of the body's present one. A new key tells the map to draw its tiles anew."""
    west, south, east, north = bounds_of(geometry)
    Boundary.objects.filter(ags=ags).delete()
    Boundary.objects.create(
        ags=ags,
        name=name,
        wkb=geometry.wkb,
        source=source,
        min_lon=west,
        min_lat=south,
        max_lon=east,
        max_lat=north,
    )
    record(action="places.boundary.loaded", subject=f"places.boundary:{ags}", by=by, at=at)
