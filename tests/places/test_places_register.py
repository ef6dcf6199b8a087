# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Places with a number: entered, changed, taken down, and found in a box of the map by the index."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given as for_any
from hypothesis import strategies as st

from tests.factories.places import HERE, area, given, make_place
from verbund.audit.models import AuditEntry
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Conflict, Invalid, NotFound
from verbund.places import finding, placing
from verbund.places.boxes import BoxField
from verbund.places.finding import Wanted
from verbund.places.kinds import PlaceKind, format_reference, parse_reference
from verbund.places.models import Place

LAT, LON = HERE
AROUND = (LON - 0.001, LAT - 0.001, LON + 0.001, LAT + 0.001)
BY = {"by": SYSTEM}


def newest_entry():
    return AuditEntry.objects.latest("pk")


def test_new_place_gets_a_number_and_a_row(in_heideblick):
    place = make_place()

    assert (newest_entry().action, newest_entry().subject) == (
        "places.place.created",
        f"places.place:{place.reference}",
    )
    assert finding.get_place(place.reference.lower()).name == "Bank an der Linde"
    assert Place.objects.get().box == (LON, LAT, LON, LAT)


def test_change_is_recorded_by_field_and_none_leaves_no_row(in_heideblick):
    place = make_place()

    placing.change_place(
        place_id=place.pk, given=given(lat=LAT + 0.01, is_public=False), at=clock.now(), **BY
    )
    entry = newest_entry()
    placing.change_place(
        place_id=place.pk, given=given(lat=LAT + 0.01, is_public=False), at=clock.now(), **BY
    )

    assert entry.changes == {"is_public": False, "wkb": None}
    assert newest_entry() == entry
    assert finding.within(AROUND) == []


def test_retired_place_leaves_the_map_but_keeps_its_number(in_heideblick):
    place = make_place()

    placing.retire_place(place_id=place.pk, at=clock.now(), **BY)

    assert finding.within(AROUND) == []
    assert list(finding.matching(Wanted())) == []
    assert finding.get_public_place(place.reference).retired_at is not None
    with pytest.raises(Conflict, match="schon stillgelegt"):
        placing.retire_place(place_id=place.pk, at=clock.now(), **BY)
    placing.revive_place(place_id=place.pk, at=clock.now(), **BY)
    assert finding.within(AROUND) == [place]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"kind": PlaceKind.AREA}, "kind"),
        ({"kind": PlaceKind.POINT, "geojson": area()}, "kind"),
        ({"kind": PlaceKind.ADDRESS, "geojson": area()}, "kind"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(in_heideblick, values, field):
    with pytest.raises(Invalid) as refusal:
        make_place(**values)

    assert list(refusal.value.fields) == [field]
    assert not Place.objects.exists()


def test_box_finds_points_and_areas_that_touch_it_only(in_heideblick):
    bench = make_place()
    green = make_place(kind=PlaceKind.AREA, name="Festwiese", geojson=area(LAT + 0.0005, LON + 0.0005))
    make_place(lat=LAT + 0.01, name="Bank am Weiher")

    assert finding.within(AROUND) == [bench, green]
    assert finding.within(AROUND, kinds=[PlaceKind.AREA]) == [green]
    assert finding.within(AROUND, most=1) == [bench]


def test_what_is_not_public_is_kept_from_citizens(in_heideblick):
    hidden = make_place(is_public=False)
    shown = make_place()

    assert finding.within(AROUND, is_public=True) == [shown]
    assert [place for _away, place in finding.near(LAT, LON, within_m=50, is_public=True)] == [shown]
    with pytest.raises(NotFound):
        finding.get_public_place(hidden.reference)


def test_near_sorts_by_distance_and_stops_at_the_radius(in_heideblick):
    far = make_place(lat=LAT + 0.0005, name="Laterne")
    here = make_place()
    make_place(lat=LAT + 0.002)

    found = finding.near(LAT, LON, within_m=100)

    assert [(round(away), place) for away, place in found] == [(0, here), (56, far)]


def test_words_and_numbers_narrow_the_list(in_heideblick):
    bench = make_place(address="Dorfstraße 3")
    swing = make_place(name="Schaukel", category="Spielgerät")

    assert list(finding.matching(Wanted(text="bank dorf"))) == [bench]
    assert list(finding.matching(Wanted(text=swing.reference))) == [swing]
    assert list(finding.matching(Wanted(kind="area"))) == []


def test_neighbour_sees_nothing_of_it(heideblick, luckau):
    with context.enter(heideblick):
        place = make_place()

    with context.enter(luckau):
        assert finding.within(AROUND) == []
        with pytest.raises(NotFound):
            finding.get_place(place.reference)


def test_box_query_uses_the_index_among_many_rows(in_heideblick):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO places_place (kind, name, category, address, description, internal_note, wkb, box, is_public)"
            " SELECT 'asset', 'Laterne', '', '', '', '', '\\x00', box(p, p), true FROM (SELECT point("
            " 13.5 + 0.25 * (n % 200) / 200, 51.7 + 0.2 * (n / 200) / 100) FROM generate_series(0, 19999) n) AS made (p)"
        )
        cursor.execute("ANALYZE places_place")
        rows, parameters = finding.in_box(AROUND).query.sql_with_params()
        cursor.execute(f"EXPLAIN {rows}", parameters)
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "places_place_box" in plan
    assert 0 < len(finding.within(AROUND)) < 30


def test_crowded_box_shows_what_is_nearest_its_middle(in_heideblick):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO places_place (kind, name, category, address, description, internal_note, wkb, box, is_public)"
            " SELECT 'asset', 'Laterne', '', '', '', '', '\\x00', box(p, p), true"
            " FROM (SELECT point(13.5 + n * 0.0001, 51.7) FROM generate_series(0, 1200) n) AS made (p)"
        )

    shown = finding.within((13.5, 51.6, 13.62, 51.8), most=3)

    assert [round(place.box[0], 4) for place in shown] == [13.5599, 13.56, 13.5601]


_DEGREES = st.floats(-180, 180, allow_nan=False)


@for_any(st.tuples(_DEGREES, _DEGREES, _DEGREES, _DEGREES))
def test_box_survives_the_way_to_the_database_and_back(corners):
    west, east = sorted(corners[:2])
    south, north = sorted(corners[2:])
    text = BoxField().get_prep_value((west, south, east, north))
    lower, upper = text[1:-1].split("),(")

    assert BoxField().from_db_value(f"({upper}),({lower})") == (west, south, east, north)


@for_any(st.integers(1, 10**12 - 1))
def test_number_is_read_as_it_is_written(number):
    assert parse_reference(format_reference(number)) == number


@pytest.mark.parametrize("text", ["", "O-", "M-2026-1", "O-12x", "O-²"])
def test_other_words_are_no_number(text):
    assert parse_reference(text) is None
