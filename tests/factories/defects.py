# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reports, photos and people of the office, made through the real services."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.factories.accounts import make_person
from verbund.accounts.api import actor_for
from verbund.kernel import clock, context
from verbund.kernel.actors import CITIZEN, Actor
from verbund.kernel.sorting import sort_key
from verbund.modules.defects import handling, reporting
from verbund.modules.defects.handling import Wanted
from verbund.modules.defects.models import Report
from verbund.modules.defects.reporting import NewReport
from verbund.modules.defects.states import State
from verbund.places.basemap import body_shapes
from verbund.places.models import Address
from verbund.places.streets import house_number_key


def middle() -> tuple[float, float]:
    """A point well inside the entered municipality."""
    shape = body_shapes()[context.current_municipality().bodies[0].ags]
    return shape.label_lat, shape.label_lon


def make_address(
    street: str = "Hauptstraße", number: str = "12", *, north: float = 0, east: float = 0
) -> Address:
    latitude, longitude = middle()
    return Address.objects.create(
        street=street,
        house_number=number,
        postal_code="15926",
        place=context.current_municipality().name,
        lat=latitude + north,
        lon=longitude + east,
        street_sort_key=sort_key(street),
        number_sort_key=house_number_key(number),
    )


def new_report(**fields: Any) -> NewReport:
    latitude, longitude = middle()
    values: dict[str, Any] = {
        "category": "street-light",
        "latitude": latitude,
        "longitude": longitude,
        "address": "Hauptstraße 12, 15926 Heideblick",
        "description": "Die Laterne vor Nummer 12 ist dunkel.",
        **fields,
    }
    return NewReport(**values)


def make_report(*, at: datetime | None = None, **fields: Any) -> Report:
    """A report the office has received, unless an e-mail address is given."""
    return reporting.submit_report(new=new_report(**fields), by=CITIZEN, at=at or clock.now())


def make_clerk(role: str = "clerk") -> Actor:
    return actor_for(make_person(role))


def move(
    report: Report, state: State, *, by: Actor | None = None, at: datetime | None = None, **said: Any
) -> Report:
    """Take a step with everything it may need."""
    said = {"answer": "Der Bauhof kümmert sich.", "reason": "geprüft", **said}
    if state is State.SCHEDULED:
        said.setdefault("expected_on", clock.today())
    if state is State.FORWARDED:
        said.setdefault("forwarded_to", "Landesbetrieb Straßenwesen")
    wanted = Wanted(state=state, **said)
    return handling.change_state(
        reference=report.reference, wanted=wanted, by=by or make_clerk(), at=at or clock.now()
    )


def photo_upload(
    name: str = "foto.jpg", *, size: tuple[int, int] = (800, 600), kind: str = "JPEG", **options: Any
) -> SimpleUploadedFile:
    target = io.BytesIO()
    Image.new("RGB", size, "#3b6ea5").save(target, kind, **options)
    return SimpleUploadedFile(name, target.getvalue(), content_type="image/jpeg")
