# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the citizen's first step to the mail about the office's answer, without JavaScript."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from tests.factories.accounts import client_for, make_person
from tests.factories.defects import make_address, photo_upload
from verbund.audit.models import AuditEntry
from verbund.kernel import clock, context
from verbund.metering.facts.models import Fact
from verbund.modules.defects.models import Draft, Report, Reporter
from verbund.modules.defects.states import State
from verbund.notify.delivery import deliver_due


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def citizen(heideblick, client_of) -> Client:
    return client_of(heideblick)


@pytest.fixture
def address(in_heideblick):
    return make_address()


def write_report(citizen: Client, **contact: str) -> str:
    """All four steps; the text of the receipt."""
    first = citizen.post("/maengel/melden/", {"address": "Hauptstr. 12", "place_note": "am Tor"})
    assert first.status_code == 302, first.content.decode()
    citizen.post(
        "/maengel/melden/was/",
        {
            "category": "street-light",
            "description": "Dunkel seit Montag",
            "photos": [photo_upload()],
            "weiter": "1",
        },
    )
    citizen.post("/maengel/melden/kontakt/", contact)
    response = citizen.post("/maengel/melden/pruefen/")
    assert response.status_code == 302
    return citizen.get(response["Location"]).content.decode()


def size_of(response) -> int:
    """Reads a streamed file to its end, which closes it."""
    assert response.status_code == 200
    return len(b"".join(response.streaming_content))


def test_a_report_without_an_address_is_received_at_once(citizen, address, heideblick):
    page = write_report(citizen)

    report = Report.objects.get()
    assert report.reference in page
    assert report.state == State.RECEIVED
    assert (report.address, report.place_note) == ("Hauptstraße 12, 15926 Heideblick", "am Tor")
    assert report.photos.count() == 1
    assert not Reporter.objects.exists()
    assert Draft.objects.count() == 0
    assert Fact.objects.filter(meter="defects.reports").count() == 1


def test_light_place_and_category_are_public_at_once_words_and_photos_are_not(citizen, address):
    write_report(citizen)
    report = Report.objects.get()

    page = citizen.get(f"/maengel/{report.reference}/").content.decode()
    listing = citizen.get("/maengel/").content.decode()

    for shown in (page, listing):
        assert "Straßenbeleuchtung" in shown
        assert "Hauptstraße 12" in shown
        assert "Eingegangen" in shown
        assert "Dunkel seit Montag" not in shown
        assert "am Tor" not in shown
        assert "/dateien/" not in shown


def test_a_report_with_an_address_waits_for_its_link(citizen, address):
    write_report(citizen, email="ada@example.org", name="Ada Lovelace")
    report = Report.objects.get()

    assert report.state == State.UNCONFIRMED
    assert citizen.get(f"/maengel/{report.reference}/").status_code == 404
    deliver_due(at=clock.now())
    (sent,) = [message for message in mail.outbox if message.to == ["ada@example.org"]]
    link = re.search(r"http\S+/maengel/bestaetigen/\S+", sent.body)[0].partition("localhost")[2]
    link = "/" + link.partition("/")[2]
    opened = citizen.get(link)
    Report.objects.get(state=State.UNCONFIRMED)
    assert opened.status_code == 200
    assert opened["Referrer-Policy"] == "same-origin"

    confirmed = citizen.post(link)

    assert confirmed["Location"] == f"/maengel/{report.reference}/"
    report.refresh_from_db()
    assert report.state == State.RECEIVED
    assert citizen.post(link).status_code == 302
    assert Fact.objects.filter(meter="defects.reports").count() == 1


def test_the_office_answers_and_the_reporter_reads_it(citizen, address, heideblick):
    write_report(citizen, email="ada@example.org")
    report = Report.objects.get()
    deliver_due(at=clock.now())
    link = re.search(r"/maengel/bestaetigen/\S+", mail.outbox[-1].body)
    for message in mail.outbox:
        link = re.search(r"/maengel/bestaetigen/\S+", message.body) or link
    citizen.post(link[0])
    clerk = client_for(make_person("clerk", name="Karla Kern"), heideblick)
    page = f"/verwaltung/maengel/{report.reference}/"

    assert report.reference in clerk.get("/verwaltung/maengel/").content.decode()
    assert "Als erledigt abschließen" in clerk.get(page).content.decode()
    refused = clerk.post(f"{page}schritt/", {"schritt": "DONE", "done-answer": ""})
    assert refused.status_code == 422
    done = clerk.post(f"{page}schritt/", {"schritt": "DONE", "done-answer": "Die Leuchte ist neu."})

    assert done.status_code == 302
    mail.outbox.clear()
    deliver_due(at=clock.now())
    to_ada = [message for message in mail.outbox if message.to == ["ada@example.org"]]
    assert [message.subject for message in to_ada] == [
        f"[Heideblick] Ihre Meldung {report.reference} ist eingegangen",
        f"[Heideblick] Ihre Meldung {report.reference}: erledigt",
    ]
    assert "Die Leuchte ist neu." in to_ada[-1].body
    shown = citizen.get(f"/maengel/{report.reference}/").content.decode()
    assert "Erledigt" in shown
    assert "Die Leuchte ist neu." in shown
    assert "Karla Kern" not in shown
    assert Fact.objects.filter(meter="defects.answers").count() == 1


def test_the_office_mail_names_no_reporter(citizen, address):
    write_report(citizen, name="Ada Lovelace", phone="0151 1234")
    deliver_due(at=clock.now())

    (office,) = [message for message in mail.outbox if "Neue Meldung" in message.subject]
    assert office.to == ["it@heideblick.example"]
    for secret in ("Ada", "0151", "Dunkel seit Montag"):
        assert secret not in office.body
    assert "/verwaltung/maengel/" in office.body


def test_contact_is_shown_on_demand_and_recorded(citizen, address, heideblick):
    write_report(citizen, name="Ada Lovelace", phone="0151 1234")
    report = Report.objects.get()
    clerk = client_for(make_person("clerk"), heideblick)
    page = f"/verwaltung/maengel/{report.reference}/"

    assert "Ada Lovelace" not in clerk.get(page).content.decode()
    assert not AuditEntry.objects.filter(action="defects.contact.read").exists()
    assert "Ada Lovelace" in clerk.post(f"{page}kontakt/").content.decode()

    assert AuditEntry.objects.filter(action="defects.contact.read").count() == 1


def test_field_workers_see_no_contact_and_take_no_steps(citizen, address, heideblick):
    write_report(citizen, name="Ada Lovelace")
    report = Report.objects.get()
    worker = client_for(make_person("field_worker"), heideblick)
    page = f"/verwaltung/maengel/{report.reference}/"

    assert worker.get(page).status_code == 200
    assert "Nächster Schritt" not in worker.get(page).content.decode()
    assert worker.post(f"{page}kontakt/").status_code == 403
    assert worker.post(f"{page}schritt/", {"schritt": "IN_REVIEW"}).status_code == 403
    assert worker.post(f"{page}notiz/", {"notiz-text": "Leiter nötig"}).status_code == 302


def test_released_text_and_photo_are_public(citizen, address, heideblick):
    write_report(citizen)
    report = Report.objects.get()
    photo = report.photos.get()
    url = f"/dateien/{photo.file_id}/400.jpg"
    clerk = client_for(make_person("clerk"), heideblick)
    assert citizen.get(url).status_code == 404
    assert size_of(clerk.get(url)) > 0

    clerk.post(
        f"/verwaltung/maengel/{report.reference}/freigabe/",
        {"freigabe-public_description": "Dunkel.", "freigabe-photos": [photo.pk]},
    )

    shown = citizen.get(f"/maengel/{report.reference}/").content.decode()
    assert "Dunkel." in shown
    assert "Dunkel seit Montag" not in shown
    picture = citizen.get(url)
    assert size_of(picture) > 0
    assert picture["Content-Type"] == "image/jpeg"
    assert picture["Cache-Control"] == "public, no-cache"


def test_a_photo_taken_back_is_gone_at_once_in_every_size_and_cache(citizen, address, heideblick):
    write_report(citizen)
    report = Report.objects.get()
    photo = report.photos.get()
    clerk = client_for(make_person("clerk"), heideblick)
    release = f"/verwaltung/maengel/{report.reference}/freigabe/"
    clerk.post(release, {"freigabe-public_description": "Dunkel.", "freigabe-photos": [photo.pk]})
    tags = {}
    for size in (1600, 400):
        picture = citizen.get(f"/dateien/{photo.file_id}/{size}.jpg")
        tags[size] = picture["ETag"]
        assert size_of(picture) > 0
    kept = citizen.get(f"/dateien/{photo.file_id}/400.jpg", headers={"if-none-match": tags[400]})
    assert (kept.status_code, kept.content, kept["Cache-Control"]) == (304, b"", "public, no-cache")

    clerk.post(release, {"freigabe-public_description": "Dunkel."})

    for size, tag in tags.items():
        url = f"/dateien/{photo.file_id}/{size}.jpg"
        assert citizen.get(url).status_code == 404
        assert citizen.get(url, headers={"if-none-match": tag}).status_code == 404
        office = clerk.get(url)
        assert office["Cache-Control"] == "private, no-store"
        assert size_of(office) > 0


def test_the_neighbours_report_of_the_same_number_is_another(citizen, heideblick, luckau, client_of):
    with context.enter(heideblick):
        make_address()
        person = make_person("clerk")
    write_report(citizen)
    with context.enter(heideblick):
        report = Report.objects.get()
        photo = report.photos.get()

    stranger = client_of(luckau)
    assert stranger.get(f"/maengel/{report.reference}/").status_code == 404
    assert stranger.get(f"/dateien/{photo.file_id}/400.jpg").status_code == 404
    assert "Hauptstraße" not in stranger.get("/maengel/").content.decode()
    clerk = client_for(person, heideblick)
    foreign = clerk.get(f"/verwaltung/maengel/{report.reference}/", headers={"host": luckau.hosts[0]})
    assert foreign.status_code == 302
    assert foreign["Location"].startswith("/konto/")
