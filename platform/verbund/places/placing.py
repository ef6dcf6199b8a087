# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes to the municipality's places: enter one, change it, take it down, put it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from verbund.audit.api import record
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict, Invalid, NotFound
from verbund.places.kinds import PlaceKind
from verbund.places.models import Place
from verbund.places.searching import keep_findable
from verbund.places.shapes import bounds_of


class NotThatShape(Invalid):
    """An area without an extent, or something else with one."""

    code = "not_that_shape"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceInput:
    """Everything people say of a place."""

    kind: PlaceKind
    name: str
    geometry: BaseGeometry
    category: str = ""
    address: str = ""
    description: str = ""
    internal_note: str = ""
    is_public: bool = False


@transaction.atomic
def create_place(*, given: PlaceInput, by: Actor, at: datetime) -> Place:
    """Enter a place; it gets the next number.

    Raises:
        Invalid: the name is missing, or the geometry does not fit the kind.
    """
    place = Place.objects.create(**_values(given))
    keep_findable(place)
    record(
        action="places.place.created",
        subject=f"places.place:{place.reference}",
        by=by,
        at=at,
        changes={"kind": place.kind, "is_public": place.is_public},
    )
    return place


@transaction.atomic
def change_place(*, place_id: int, given: PlaceInput, by: Actor, at: datetime) -> Place:
    """Replace what is said of a place; without a difference nothing happens.

    Raises:
        NotFound: there is no such place.
        Invalid: the name is missing, or the geometry does not fit the kind.
    """
    place = _locked(place_id)
    values = _values(given)
    changed = [name for name, value in values.items() if _kept(place, name) != value]
    if not changed:
        return place
    for name in changed:
        setattr(place, name, values[name])
    place.save(update_fields=changed)
    keep_findable(place)
    telling = {"kind", "is_public"}
    record(
        action="places.place.changed",
        subject=f"places.place:{place.reference}",
        by=by,
        at=at,
        changes={name: values[name] if name in telling else None for name in changed if name != "box"},
    )
    return place


@transaction.atomic
def retire_place(*, place_id: int, by: Actor, at: datetime) -> Place:
    """Take a place down: it leaves lists and maps, its number stays and its label goes on explaining itself.

    Raises:
        NotFound: there is no such place. Conflict: it was taken down already.
    """
    place = _locked(place_id)
    if place.retired_at is not None:
        raise Conflict(_("%(number)s ist schon stillgelegt.") % {"number": place.reference})
    return _retired(place, at, action="places.place.retired", by=by, at=at)


@transaction.atomic
def revive_place(*, place_id: int, by: Actor, at: datetime) -> Place:
    """Put back what was taken down.

    Raises:
        NotFound: there is no such place. Conflict: it was not taken down.
    """
    place = _locked(place_id)
    if place.retired_at is None:
        raise Conflict(_("%(number)s ist nicht stillgelegt.") % {"number": place.reference})
    return _retired(place, None, action="places.place.revived", by=by, at=at)


def _retired(place: Place, moment: datetime | None, *, action: str, by: Actor, at: datetime) -> Place:
    place.retired_at = moment
    place.save(update_fields=["retired_at"])
    keep_findable(place)
    record(action=action, subject=f"places.place:{place.reference}", by=by, at=at)
    return place


def _locked(place_id: int) -> Place:
    place = Place.objects.select_for_update().filter(pk=place_id).first()
    if place is None:
        raise NotFound
    return place


def _kept(place: Place, name: str) -> object:
    value = getattr(place, name)
    return bytes(value) if name == "wkb" else value


def _values(given: PlaceInput) -> dict[str, Any]:
    name = given.name.strip()
    if not name:
        message = _("Bitte geben Sie einen Namen an.")
        raise Invalid(message, fields={"name": message})
    is_area = given.geometry.geom_type != "Point"
    if is_area and given.kind in {PlaceKind.POINT, PlaceKind.ADDRESS}:
        message = _("Ein Punkt oder eine Adresse hat keine Fläche.")
        raise NotThatShape(message, fields={"kind": message})
    if not is_area and given.kind == PlaceKind.AREA:
        message = _("Eine Fläche braucht einen Umriss, kein einzelner Punkt genügt.")
        raise NotThatShape(message, fields={"kind": message})
    return {
        "kind": given.kind.value,
        "name": name,
        "category": given.category.strip(),
        "address": given.address.strip(),
        "description": given.description.strip(),
        "internal_note": given.internal_note.strip(),
        "wkb": given.geometry.wkb,
        "box": bounds_of(given.geometry),
        "is_public": given.is_public,
    }
