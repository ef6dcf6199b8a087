# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing page and service of the municipality's places."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.conformance.samples import Stage
from tests.factories.places import given, make_place
from verbund.kernel import clock
from verbund.places import boundaries, importing, placing, uploads
from verbund.places.basemap import body_shapes
from verbund.places.shapes import read_geometry, to_geojson

_LIST = b"street;number;postcode;place;lat;lon\nDorfweg;1;15926;Heideblick;51.83;13.65\n"


def retired(stage: Stage) -> Any:
    return placing.retire_place(place_id=make_place().pk, by=stage.by, at=clock.now())


def waiting(stage: Stage) -> Any:
    return importing.upload_addresses(name="liste.csv", content=_LIST, by=stage.by, at=clock.now())


def with_file(stage: Stage, action: str) -> Any:
    waiting(stage)
    return stage.client().post(f"/verwaltung/adressen/{action}/")


def taken_over(stage: Stage) -> Any:
    waiting(stage)
    return partial(importing.import_uploaded_addresses, by=stage.by, at=clock.now())


def discarded(stage: Stage) -> Any:
    waiting(stage)
    return partial(uploads.discard_upload, purpose="addresses", by=stage.by, at=clock.now())


def outline() -> bytes:
    return json.dumps(to_geojson(body_shapes()["12061219"].wkb)).encode()


def waiting_outline(stage: Stage) -> Any:
    return boundaries.upload_boundary(name="grenze.geojson", content=outline(), by=stage.by, at=clock.now())


def with_outline(stage: Stage, action: str) -> Any:
    waiting_outline(stage)
    return stage.client().post(f"/verwaltung/grenze/{action}/", {"source": "Kataster"})


def outline_taken_over(stage: Stage) -> Any:
    waiting_outline(stage)
    return partial(boundaries.import_uploaded_boundary, source="Kataster", by=stage.by, at=clock.now())


_FIELDS = {"kind": "asset", "name": "Laterne", "latitude": "51.8", "longitude": "13.61"}


def at_place(stage: Stage, action: str, fields: dict[str, str] | None = None) -> Any:
    place = retired(stage) if action == "wieder" else make_place()
    return stage.client().post(f"/verwaltung/orte/{place.reference}/{action}/", fields or {})


ROUTES = {
    "municipality places-staff:boundary": lambda stage: stage.client().post(
        "/verwaltung/grenze/", {"file": SimpleUploadedFile("grenze.geojson", outline())}
    ),
    "municipality places-staff:boundary-apply": lambda stage: with_outline(stage, "uebernehmen"),
    "municipality places-staff:boundary-discard": lambda stage: with_outline(stage, "verwerfen"),
    "municipality places-staff:boundary-reset": lambda stage: stage.client().post(
        "/verwaltung/grenze/zurueck/"
    ),
    "municipality places-staff:edit": lambda stage: at_place(stage, "aendern", _FIELDS),
    "municipality places-staff:new": lambda stage: stage.client().post("/verwaltung/orte/neu/", _FIELDS),
    "municipality places-staff:retire": lambda stage: at_place(stage, "stilllegen"),
    "municipality places-staff:revive": lambda stage: at_place(stage, "wieder"),
    "municipality places-staff:addresses": lambda stage: stage.client().post(
        "/verwaltung/adressen/", {"file": SimpleUploadedFile("liste.csv", _LIST)}
    ),
    "municipality places-staff:addresses-apply": lambda stage: with_file(stage, "uebernehmen"),
    "municipality places-staff:addresses-discard": lambda stage: with_file(stage, "verwerfen"),
}
SERVICES = {
    "verbund.places.boundaries.import_boundaries": lambda stage: partial(
        boundaries.import_boundaries, content=outline(), source="Kataster", by=stage.by, at=clock.now()
    ),
    "verbund.places.boundaries.import_uploaded_boundary": outline_taken_over,
    "verbund.places.boundaries.save_outline": lambda stage: partial(
        boundaries.save_outline,
        ags="12061219",
        name="Heideblick",
        geometry=read_geometry(json.loads(outline())),
        source="Kataster",
        by=stage.by,
        at=clock.now(),
    ),
    "verbund.places.boundaries.upload_boundary": lambda stage: partial(waiting_outline, stage),
    "verbund.places.importing.import_addresses": lambda stage: partial(
        importing.import_addresses, content=_LIST, skip_refused=False, by=stage.by, at=clock.now()
    ),
    "verbund.places.importing.import_uploaded_addresses": taken_over,
    "verbund.places.importing.replace_addresses": lambda stage: partial(
        importing.replace_addresses, rows=[], is_demo=True, by=stage.by, at=clock.now()
    ),
    "verbund.places.importing.upload_addresses": lambda stage: partial(waiting, stage),
    "verbund.places.uploads.discard_upload": discarded,
    "verbund.places.uploads.keep_upload": lambda stage: partial(
        uploads.keep_upload, purpose="addresses", name="liste.csv", content=_LIST, by=stage.by, at=clock.now()
    ),
    "verbund.places.placing.change_place": lambda stage: partial(
        placing.change_place,
        place_id=make_place().pk,
        given=given(name="Bank am Weiher"),
        by=stage.by,
        at=clock.now(),
    ),
    "verbund.places.placing.create_place": lambda stage: partial(
        placing.create_place, given=given(), by=stage.by, at=clock.now()
    ),
    "verbund.places.placing.retire_place": lambda stage: partial(
        placing.retire_place, place_id=make_place().pk, by=stage.by, at=clock.now()
    ),
    "verbund.places.placing.revive_place": lambda stage: partial(
        placing.revive_place, place_id=retired(stage).pk, by=stage.by, at=clock.now()
    ),
}
