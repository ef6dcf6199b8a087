# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality's exact boundary: checked, looked at, taken over, and given back."""

from __future__ import annotations

import json

import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from shapely import affinity, wkb
from shapely.geometry import mapping

from tests.factories.sessions import signed_in
from verbund.audit.models import AuditEntry
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import Body
from verbund.kernel.errors import Invalid
from verbund.places import boundaries, frames, queries
from verbund.places.basemap import ATTRIBUTION, body_shapes
from verbund.places.models import Boundary
from verbund.places.outlines import read_outlines, square_km
from verbund.places.shapes import BadShape

AGS = "12061219"
HEIDEBLICK = wkb.loads(body_shapes()[AGS].wkb)
EXACT = shapely.segmentize(HEIDEBLICK.buffer(0.002), 0.0005)
ONE = (Body(AGS, "120610219219", "Heideblick"),)
BOTH = (*ONE, Body("12061320", "120610320320", "Luckau"))


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": mapping(geometry)}


def file_of(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


OWN = file_of(feature(EXACT))


def test_area_is_that_of_the_statistics():
    assert square_km(HEIDEBLICK) == pytest.approx(165, rel=0.05)  # 164.6 km² by the statistical office


def test_single_body_needs_no_key():
    (outline,) = read_outlines(OWN, ONE)

    assert (outline.ags, outline.name, outline.geometry) == (AGS, "Heideblick", EXACT)


def test_bodies_are_told_apart_by_their_keys_and_others_left_out():
    luckau = wkb.loads(body_shapes()["12061320"].wkb)
    content = file_of(feature(luckau, ags=12061320), feature(EXACT, AGS=AGS), feature(EXACT, ags="12000000"))

    assert [outline.ags for outline in read_outlines(content, BOTH)] == [AGS, "12061320"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfe", "keine GeoJSON-Datei"),
        (b"[]", "keine GeoJSON-Datei"),
        (file_of(), "keine Fläche"),
        (file_of(feature(HEIDEBLICK.centroid)), "kein Punkt"),
        (file_of(feature(EXACT, ags="12000000")), "keine Grenze dieser Kommune"),
        (file_of(feature(affinity.translate(EXACT, 0.5, 0.3))), "liegt nicht dort"),
        (file_of(feature(affinity.scale(EXACT, 0.3, 0.3))), "passt nicht zu Heideblick"),
        (file_of(feature(affinity.scale(EXACT, 3, 3))), "passt nicht zu Heideblick"),
        (file_of(feature(affinity.translate(EXACT, 40, 0))), "außerhalb Deutschlands"),
        (b" " * 10_000_001, "zu groß"),
    ],
)
def test_what_cannot_be_the_boundary_is_refused(content, reason):
    with pytest.raises(BadShape, match=reason):
        read_outlines(content, ONE)


def test_several_bodies_need_their_keys():
    with pytest.raises(BadShape, match="Eigenschaft ags"):
        read_outlines(OWN, BOTH)


_JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "features", "geometry", "coordinates", "properties", "ags"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


@given(_JSON)
def test_no_json_breaks_the_reader(value):
    with pytest.raises(BadShape):
        read_outlines(json.dumps(value).encode(), BOTH)


def test_exact_boundary_decides_and_names_its_source(in_heideblick):
    point = next(
        point
        for point in shapely.points(shapely.get_coordinates(HEIDEBLICK.buffer(0.001)))
        if not HEIDEBLICK.contains(point)
    )
    assert not queries.contains(point.y, point.x).is_inside

    boundaries.import_boundaries(content=OWN, source="Kataster 2026", by=SYSTEM, at=clock.now())

    assert queries.contains(point.y, point.x).is_inside
    assert frames.attribution() == f"{ATTRIBUTION} | Kataster 2026"
    assert AuditEntry.objects.latest("pk").action == "places.boundary.loaded"


def test_boundary_without_a_source_is_refused(in_heideblick):
    with pytest.raises(Invalid) as refusal:
        boundaries.import_boundaries(content=OWN, source=" ", by=SYSTEM, at=clock.now())

    assert list(refusal.value.fields) == ["source"]
    assert Boundary.objects.get().source == ATTRIBUTION


def test_page_shows_before_it_changes_and_leads_back(heideblick, client_of):
    chief = signed_in("administrator", heideblick)
    tile = "/kacheln/13/4404/2712.png"
    before = client_of(heideblick).get(tile).content

    looked = chief.post(
        "/verwaltung/grenze/", {"file": SimpleUploadedFile("grenze.geojson", OWN)}, follow=True
    )
    shown = chief.get("/verwaltung/grenze/umriss.json").json()["features"][0]["geometry"]
    with context.enter(heideblick):
        assert Boundary.objects.get().source == ATTRIBUTION
    unnamed = chief.post("/verwaltung/grenze/uebernehmen/", {"source": ""})
    taken = chief.post("/verwaltung/grenze/uebernehmen/", {"source": "Kataster"}, follow=True)
    after = client_of(heideblick).get(tile).content
    chief.post("/verwaltung/grenze/zurueck/")

    assert "grenze.geojson" in looked.content.decode()
    assert len(shown["coordinates"][0]) == len(EXACT.exterior.coords)
    assert (unnamed.status_code, list(unnamed.context["source_form"].errors)) == (422, ["source"])
    assert "Kataster" in taken.content.decode()
    with context.enter(heideblick):
        assert Boundary.objects.get().source == ATTRIBUTION
    assert before == client_of(heideblick).get(tile).content != after


def test_clerks_do_not_change_the_boundary(heideblick):
    clerk = signed_in("clerk", heideblick)

    assert clerk.get("/verwaltung/grenze/").status_code == 403
    assert clerk.post("/verwaltung/grenze/zurueck/").status_code == 403
