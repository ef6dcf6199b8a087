# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register over HTTP: entering, changing, labels, and where a scanned label leads whom."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape

from tests.factories.places import HERE, area, make_place
from tests.factories.sessions import signed_in
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.places import importing
from verbund.places.kinds import PlaceKind
from verbund.places.models import Place
from verbund.places.sample_places import load

LAT, LON = HERE
_QUERIES = 9
LIST = "street;number;postcode;place;lat;lon\n" + "".join(
    f"{street};{number};15926;Heideblick;51.8{number};13.61\n"
    for street, number in (("Dorfweg", 1), ("Dorfweg", 2), ("Seeweg", 1), ("Seewegplatz", 1))
)
WORDS = {"kind": "asset", "name": "Bank", "category": "Bank", "is_public": "on"}


@pytest.fixture
def bench(heideblick):
    with context.enter(heideblick):
        return make_place(internal_note="Schraube fehlt", address="Am Anger")


@pytest.fixture
def clerk(heideblick):
    return signed_in("clerk", heideblick)


@pytest.fixture
def made(heideblick, clerk):
    """Sends the form; the place that came of it, or the errors."""

    def send(**fields):
        answer = clerk.post("/verwaltung/orte/neu/", {**WORDS, **fields})
        if answer.status_code != 302:
            return answer.context["form"].errors
        with context.enter(heideblick):
            return Place.objects.latest("pk")

    return send


def outline(**changes):
    return SimpleUploadedFile("wiese.geojson", json.dumps(area(**changes)).encode())


def test_place_is_entered_by_point_address_or_outline(heideblick, made):
    with context.enter(heideblick):
        importing.import_addresses(content=LIST.encode(), skip_refused=False, by=SYSTEM, at=clock.now())

    pointed = made(latitude="51.801", longitude="13.611")
    addressed = made(address="Dorfweg 2, 15926 Heideblick")
    outlined = made(kind="area", outline=outline())

    assert pointed.box == (13.611, 51.801, 13.611, 51.801)
    assert addressed.box == (13.61, 51.82, 13.61, 51.82)
    assert outlined.box == pytest.approx((LON, LAT, LON + 0.001, LAT + 0.001))


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({}, "latitude", "Zeigen Sie die Stelle"),
        ({"latitude": "51.8"}, "latitude", "Breite und Länge"),
        ({"latitude": "13.6", "longitude": "51.8"}, "latitude", "außerhalb Deutschlands"),
        ({"address": "Mondweg 1"}, "address", "steht nicht in der Adressliste"),
        ({"outline": SimpleUploadedFile("x.json", b"{")}, "outline", "keine GeoJSON-Datei"),
        ({"kind": "area", "latitude": "51.8", "longitude": "13.6"}, "kind", "braucht einen Umriss"),
        ({"name": "", "latitude": "51.8", "longitude": "13.6"}, "name", "Name"),
    ],
)
def test_what_is_missing_is_said_at_its_field(made, fields, field, reason):
    errors = made(**fields)

    assert reason in str(errors[field])


def test_change_without_a_new_position_keeps_the_outline(heideblick, clerk):
    with context.enter(heideblick):
        green = make_place(kind=PlaceKind.AREA, name="Wiese", geojson=area())

    clerk.post(f"/verwaltung/orte/{green.reference}/aendern/", {**WORDS, "kind": "area", "name": "Festwiese"})

    with context.enter(heideblick):
        changed = Place.objects.get(pk=green.pk)
    assert (changed.name, bytes(changed.wkb)) == ("Festwiese", bytes(green.wkb))


def test_scanned_label_leads_citizens_to_what_is_public_and_the_office_to_its_page(
    heideblick, bench, clerk, client_of
):
    path = f"/o/{bench.reference}/"
    citizen = client_of(heideblick).get(path)
    office = clerk.get(path)

    assert (citizen.status_code, "Bank an der Linde" in citizen.content.decode()) == (200, True)
    assert "Schraube fehlt" not in citizen.content.decode()
    assert citizen["Cache-Control"] == "private, no-cache"
    assert office["Location"] == f"/verwaltung/orte/{bench.reference}/"
    assert "Schraube fehlt" in clerk.get(office["Location"]).content.decode()
    assert clerk.get(f"{path}?ansicht=oeffentlich").status_code == 200


def test_place_that_is_not_public_looks_like_one_that_is_not_there(heideblick, client_of):
    with context.enter(heideblick):
        hidden = make_place(is_public=False)
    citizen = client_of(heideblick)

    assert citizen.get(f"/o/{hidden.reference}/").status_code == 404
    assert citizen.get(f"/o/{hidden.reference}/punkt.json").status_code == 404
    assert citizen.get("/o/O-999999/").status_code == 404


def test_label_of_a_place_taken_down_says_so(heideblick, bench, clerk, client_of):
    clerk.post(f"/verwaltung/orte/{bench.reference}/stilllegen/")

    page = client_of(heideblick).get(f"/o/{bench.reference}/").content.decode()

    assert "Das gibt es hier nicht mehr" in page


def test_code_holds_the_address_on_the_first_host(heideblick, bench, clerk):
    page = clerk.get(f"/verwaltung/orte/{bench.reference}/")
    sheet = clerk.get(f"/verwaltung/orte/etiketten/?nr={bench.reference}").content.decode()

    address, code = page.context["public_url"], page.context["code"]
    assert (urlsplit(address).hostname, urlsplit(address).path) == (
        "heideblick.localhost",
        f"/o/{bench.reference}/",
    )
    drawn = segno.make(address, error="q", micro=False)
    assert code == drawn.svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
    assert "style=" not in code
    assert code in sheet


def test_points_are_narrowed_by_box_and_filter(heideblick, bench, clerk):
    with context.enter(heideblick):
        make_place(lat=LAT + 0.01, name="Laterne", category="Laterne")

    def names(query):
        found = clerk.get(f"/verwaltung/orte/punkte.json?{query}").json()["features"]
        return [feature["properties"]["title"] for feature in found]

    assert names("") == ["Bank an der Linde", "Laterne"]
    assert names(f"box={LON - 0.001},{LAT - 0.001},{LON + 0.001},{LAT + 0.001}") == ["Bank an der Linde"]
    assert names("q=laterne") == ["Laterne"]
    assert len(names("box=nan,1,2,3")) == 2


def test_field_workers_look_and_do_not_change(heideblick, bench):
    worker = signed_in("field_worker", heideblick)

    assert "Schraube fehlt" in worker.get(f"/verwaltung/orte/{bench.reference}/").content.decode()
    assert worker.get(f"/verwaltung/orte/{bench.reference}/aendern/").status_code == 403
    assert worker.post(f"/verwaltung/orte/{bench.reference}/stilllegen/").status_code == 403


def test_list_needs_as_many_queries_for_three_places_as_for_one(
    heideblick, bench, clerk, django_assert_num_queries
):
    clerk.get("/verwaltung/orte/")
    with django_assert_num_queries(_QUERIES):
        clerk.get("/verwaltung/orte/")
    with context.enter(heideblick):
        make_place()
        make_place()
    with django_assert_num_queries(_QUERIES):
        clerk.get("/verwaltung/orte/")


def test_words_of_the_office_stay_words(heideblick, clerk, client_of):
    with context.enter(heideblick):
        place = make_place(name="<b>Bank</b>", description="<script>1</script>")

    for page in (
        client_of(heideblick).get(f"/o/{place.reference}/"),
        clerk.get("/verwaltung/orte/etiketten/"),
    ):
        assert "<b>Bank" not in page.content.decode()
        assert escape("<b>Bank</b>") in page.content.decode()


def test_sample_places_come_once(heideblick):
    load(heideblick)
    load(heideblick)

    with context.enter(heideblick):
        assert Place.objects.count() == 6
        assert Place.objects.filter(is_public=True).count() == 4
