# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where things are: kept as typed, found by their box, never off the earth."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.places import HERE
from verbund.places.geometry import Plane
from verbund.places.locating import forget_location, locate, metres_from, square
from verbund.places.models import Location

WITHIN = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@WITHIN
@given(
    lat=st.floats(-90, 90, allow_subnormal=False),
    lon=st.floats(-180, 180, allow_subnormal=False),
)
def test_a_point_comes_back_as_it_went(in_heideblick, lat, lon):
    kept = Location.objects.get(pk=locate(lat=lat, lon=lon, address="Am Anger").pk)

    assert (kept.lat, kept.lon, str(kept)) == (lat, lon, "Am Anger")


@pytest.mark.parametrize(("lat", "lon"), [(90.1, 13), (51, -180.5), (1000, 13)])
def test_no_point_lies_off_the_earth(in_heideblick, lat, lon):
    with pytest.raises(IntegrityError), transaction.atomic():
        locate(lat=lat, lon=lon, address="")


def test_the_square_around_a_point_is_found_through_the_index(in_heideblick):
    lat, lon = HERE
    there = Plane(lat=lat, lon=lon).to_degrees(80, 0)
    away = Plane(lat=lat, lon=lon).to_degrees(120, 0)
    near, _far = (locate(lat=lat, lon=lon, address="") for lat, lon in (there, away))
    found = Location.objects.filter(box__overlaps=square(lat, lon, metres=100))

    assert list(found) == [near]
    assert metres_from(near, lat=lat, lon=lon) == pytest.approx(80, abs=0.5)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "places_location_box" in found.order_by().explain()


def test_it_goes_with_what_was_there(in_heideblick):
    location = locate(lat=HERE[0], lon=HERE[1], address="Am Anger")

    forget_location(location)

    assert not Location.objects.exists()
