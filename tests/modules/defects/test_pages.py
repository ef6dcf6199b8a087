# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages' own manners: steps, filters, pages of a list, and a fixed number of queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories.accounts import client_for, make_person
from tests.factories.defects import make_address, make_clerk, make_report, middle, move, photo_upload
from tests.factories.sessions import signed_in
from verbund.cases.inbox import Wanted, inbox_cases, rows_of
from verbund.files.models import StoredFile
from verbund.kernel import clock
from verbund.modules.defects.drafting import contents_of
from verbund.modules.defects.models import Draft, Report
from verbund.modules.defects.states import State

ASK = "/maengel/melden/"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def citizen(in_heideblick, heideblick, client_of) -> Client:
    return client_of(heideblick)


@pytest.fixture
def clerk(in_heideblick, heideblick) -> Client:
    return client_for(make_person("clerk"), heideblick)


def drafted():
    return contents_of(Draft.objects.latest("changed_at").pk)


# ---------------------------------------------------------------- step 1


def test_one_address_leads_on(citizen):
    make_address()
    response = citizen.post(ASK, {"address": "hauptstr 12"})

    assert response["Location"] == f"{ASK}was/"
    assert drafted().address == "Hauptstraße 12, 15926 Heideblick"


def test_several_addresses_are_offered_and_one_is_taken(citizen):
    make_address("Hauptstraße")
    make_address("Hauptweg", north=0.001)
    offered = citizen.post(ASK, {"address": "haupt"})
    assert offered.status_code == 200
    assert 'value="Hauptweg, 15926 Heideblick"' in offered.content.decode()

    taken = citizen.post(ASK, {"address": "haupt", "hit": "Hauptweg, 15926 Heideblick"})

    assert taken.status_code == 302
    assert drafted().address == "Hauptweg, 15926 Heideblick"


def test_an_answer_to_an_older_search_is_asked_again(citizen):
    make_address("Hauptstraße")
    make_address("Hauptweg", north=0.001)
    assert citizen.post(ASK, {"address": "haupt", "hit": "Dorfstraße"}).status_code == 200


def test_a_point_of_the_map_gets_the_words_of_the_nearest_house(citizen):
    make_address()
    latitude, longitude = middle()
    citizen.post(
        ASK, {"address": "", "latitude": f"{latitude + 0.0003:.6f}", "longitude": f"{longitude:.6f}"}
    )

    assert drafted().address == "bei Hauptstraße 12, 15926 Heideblick"
    assert drafted().latitude == round(latitude + 0.0003, 6)


def test_a_new_address_forgets_the_old_point(citizen):
    make_address()
    make_address("Dorfstraße", "3", north=0.002)
    citizen.post(ASK, {"address": "Hauptstraße 12"})
    first = drafted()
    citizen.post(
        ASK, {"address": "Dorfstraße 3", "latitude": str(first.latitude), "longitude": str(first.longitude)}
    )

    assert drafted().address == "Dorfstraße 3, 15926 Heideblick"
    assert drafted().latitude != first.latitude


def test_going_back_and_on_keeps_the_place(citizen):
    make_address()
    citizen.post(ASK, {"address": "Hauptstraße 12"})
    first = drafted()
    page = citizen.get(ASK).content.decode()
    assert first.address in page

    same = {"address": first.address, "latitude": str(first.latitude), "longitude": str(first.longitude)}
    citizen.post(ASK, same)

    assert drafted().address == first.address


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"address": ""}, "Bitte geben Sie eine Adresse ein"),
        ({"address": "Gibtsnichtweg 1"}, "Diese Adresse kennen wir nicht"),
        ({"address": "", "latitude": "52.52", "longitude": "13.40"}, "liegt nicht in unserem Gebiet"),
        ({"address": "", "latitude": "1000", "longitude": "13.40"}, ""),
    ],
)
def test_a_place_we_cannot_use_is_refused_with_a_reason(citizen, typed, said):
    response = citizen.post(ASK, typed)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Draft.objects.exists()


def test_a_link_may_bring_the_place_along(citizen):
    latitude, longitude = middle()
    page = citizen.get(f"{ASK}?lat={latitude}&lon={longitude}&adresse=Bank+7").content.decode()

    assert f'value="{latitude:.6f}"' in page
    assert "Bank 7" in page
    assert citizen.get(f"{ASK}?lat=x&lon=y").status_code == 200


# ---------------------------------------------------------------- steps 2 to 4


@pytest.fixture
def placed(citizen) -> Client:
    make_address()
    citizen.post(ASK, {"address": "Hauptstraße 12"})
    return citizen


def what(client: Client, **fields: object):
    return client.post(
        f"{ASK}was/", {"category": "street-light", "description": "Dunkel", "weiter": "1", **fields}
    )


@pytest.mark.parametrize("step", ["was/", "aehnlich/", "kontakt/", "pruefen/"])
def test_nobody_starts_in_the_middle(citizen, step):
    assert citizen.get(f"{ASK}{step}")["Location"] == ASK


def test_photos_survive_an_error_and_going_back(placed):
    refused = what(placed, category="", photos=[photo_upload()])
    assert refused.status_code == 422

    assert len(drafted().photos) == 1
    assert drafted().description == "Dunkel"
    assert f"foto/{drafted().photos[0]}.jpg" in placed.get(f"{ASK}was/").content.decode()


def test_a_photo_is_taken_out_again(placed):
    what(placed, photos=[photo_upload(), photo_upload()])
    first = drafted().photos[0]

    what(placed, remove=[first])

    assert first not in drafted().photos
    assert StoredFile.objects.count() == 1


def test_what_is_no_photo_is_named(placed):
    fake = SimpleUploadedFile("brief.jpg", b"%PDF-1.7", content_type="image/jpeg")
    response = what(placed, photos=[photo_upload(), fake])

    assert response.status_code == 422
    assert "brief.jpg" in response.content.decode()
    assert drafted().photos == []


def test_at_most_five_photos(placed):
    what(placed, photos=[photo_upload() for _each in range(4)])
    assert what(placed, photos=[photo_upload(), photo_upload()]).status_code == 422
    assert len(drafted().photos) == 4


def test_nobody_else_sees_the_photos_of_a_draft(placed, heideblick, client_of):
    what(placed, photos=[photo_upload()])
    url = f"{ASK}foto/{drafted().photos[0]}.jpg"

    response = placed.get(url)
    assert b"".join(response.streaming_content)[:2] == b"\xff\xd8"
    assert response["Cache-Control"] == "private, no-store"
    assert client_of(heideblick).get(url).status_code == 404


def test_programs_that_fill_in_everything_are_turned_away(placed):
    assert what(placed, website="https://spam.example").status_code == 422


def test_the_same_nearby_is_offered_also_when_just_closed(placed):
    known = move(make_report(), State.DONE)
    make_report(category="playground")

    assert what(placed)["Location"] == f"{ASK}aehnlich/"
    page = placed.get(f"{ASK}aehnlich/").content.decode()

    assert known.reference in page
    assert page.count("df-item__title") == 1


def test_without_anything_similar_the_question_is_passed_over(placed):
    what(placed)
    assert placed.get(f"{ASK}aehnlich/")["Location"] == f"{ASK}kontakt/"


def test_changing_from_the_summary_leads_back_there(placed):
    what(placed)
    response = placed.post(f"{ASK}kontakt/?zurueck=pruefen", {"email": ""})
    assert response["Location"] == f"{ASK}pruefen/"


def test_sending_twice_makes_one_report(placed):
    what(placed)
    first = placed.post(f"{ASK}pruefen/")
    second = placed.post(f"{ASK}pruefen/")

    assert "/danke/" in first["Location"]
    assert second["Location"] == ASK
    assert Report.objects.count() == 1


def test_cancelling_forgets_everything(placed):
    what(placed, photos=[photo_upload()])
    placed.post(f"{ASK}abbrechen/")

    assert not Draft.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_receipt_with_a_foreign_signature_is_none(citizen):
    assert citizen.get("/maengel/danke/M-2026-0001/").status_code == 404


# ---------------------------------------------------------------- lists


def test_the_public_list_filters_by_light_and_category(citizen):
    lamp, swing = make_report(), move(make_report(category="playground"), State.DONE)

    def listed(query: str) -> set[str]:
        page = citizen.get(f"/maengel/?{query}").content.decode()
        return {report.reference for report in (lamp, swing) if f'id="meldung-{report.reference}"' in page}

    assert listed("") == {lamp.reference, swing.reference}
    assert listed("stand=green") == {swing.reference}
    assert listed("kategorie=street-light") == {lamp.reference}
    assert listed("stand=red&kategorie=playground") == set()
    assert listed("stand=unsinn&kategorie=unsinn") == {lamp.reference, swing.reference}


def test_the_map_shows_what_the_list_shows(citizen):
    make_report()
    done = move(make_report(), State.DONE)

    collection = citizen.get("/maengel/karte.geojson?stand=green").json()

    assert [feature["id"] for feature in collection["features"]] == [done.reference]
    assert set(collection["features"][0]["properties"]) == {"title", "url", "state", "kind", "row"}
    longitude, latitude = collection["features"][0]["geometry"]["coordinates"]
    assert (round(latitude), round(longitude)) == (52, 14)


@pytest.mark.parametrize("count", [1, 3])
def test_the_public_list_takes_a_fixed_number_of_queries(citizen, count, django_assert_num_queries):
    for _each in range(count):
        make_report()
    citizen.get("/maengel/")

    # count, reports, photos, outline, whose data the map shows, categories, contact of the foot
    with django_assert_num_queries(7):
        assert citizen.get("/maengel/").content.count(b'class="df-item"') == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_office_list_takes_a_fixed_number_of_queries(clerk, count, django_assert_num_queries):
    for _each in range(count):
        make_report()
    clerk.get("/verwaltung/maengel/")

    # session, person, counts, count, reports, categories twice (field, filter), badge, grants, contact of the foot
    with django_assert_num_queries(10):
        assert clerk.get("/verwaltung/maengel/").content.count(b'<th scope="row"') == count


def test_the_views_of_the_office_list(clerk):
    late = make_report(at=clock.now() - timedelta(days=20))
    done = move(make_report(), State.DONE)

    def listed(query: str) -> set[str]:
        page = clerk.get(f"/verwaltung/maengel/?{query}").content.decode()
        return {report.reference for report in (late, done) if report.reference in page}

    assert listed("") == {late.reference}
    assert listed("ansicht=abgeschlossen") == {done.reference}
    assert listed("ansicht=alle") == {late.reference, done.reference}
    assert listed("ansicht=meine") == set()
    assert listed("ansicht=ueberfaellig") == {late.reference}
    assert listed(f"ansicht=alle&q={done.reference}") == {done.reference}
    assert listed("ansicht=unsinn") == {late.reference}


def test_inbox_says_what_waits(in_heideblick):
    report = make_report()
    wanted = Wanted(person_id=make_person("clerk").pk)

    (row,) = rows_of(inbox_cases(make_clerk(), wanted, today=clock.today()), wanted, today=clock.today())

    assert (row.reference, row.is_new, row.is_mine, row.assignee) == (report.reference, True, False, "")
    assert row.due_on == report.answer_due_on
    assert row.url == f"/verwaltung/maengel/{report.reference}/"
    assert not inbox_cases(make_clerk("unknown"), wanted, today=clock.today()).exists()


def test_only_the_administration_changes_the_settings(clerk, in_heideblick, heideblick):
    assert clerk.get("/verwaltung/maengel/einstellungen/").status_code == 403
    administrator = signed_in("administrator", heideblick)
    saved = administrator.post(
        "/verwaltung/maengel/einstellungen/",
        {"mailbox": "amt@heideblick.example", "answer_working_days": "5"},
    )
    assert saved.status_code == 302
    assert (
        "amt@heideblick.example" in administrator.get("/verwaltung/maengel/einstellungen/").content.decode()
    )


@pytest.mark.parametrize("path", ["", "M-2026-0001/"])
def test_the_offices_pages_are_for_those_who_sign_in(citizen, path):
    response = citizen.get(f"/verwaltung/maengel/{path}")
    assert response["Location"].startswith("/konto/")


def test_the_offices_page_leads_on_to_whoever_waits_longest(clerk):
    newest, oldest = make_report(), make_report(at=clock.now() - timedelta(days=9))
    answered = move(make_report(at=clock.now() - timedelta(days=30)), State.IN_REVIEW)

    page = clerk.get(f"/verwaltung/maengel/{newest.reference}/").content.decode()

    assert f"Nächste ohne Auskunft: {oldest.reference}" in page
    assert answered.reference not in page
