# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages speak the browser's language; what is kept or sent by mail speaks German."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.utils import translation

from tenants import onboarding
from tests.factories.accounts import make_person
from tests.factories.defects import make_report
from verbund.accounts import mails
from verbund.kernel import language
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Conflict, NotFound
from verbund.notify.models import Outbox
from verbund.web import texts

AT = datetime(2026, 11, 22, 8, 5, tzinfo=UTC)


@pytest.mark.parametrize("asked", ["en", "en-GB,en;q=0.9,de;q=0.5", "fr,en;q=0.8"])
def test_a_browser_that_asks_for_english_gets_it(heideblick, client_of, asked: str):
    page = client_of(heideblick).get("/", headers={"accept-language": asked})

    assert '<html lang="en"' in page.content.decode()
    assert "Skip to content" in page.content.decode()
    assert page["Content-Language"] == "en"
    assert "Accept-Language" in page["Vary"]
    assert not page.cookies


@pytest.mark.parametrize("asked", ["de", "de-AT,en;q=0.5", "fr", "*", "en;q=0,de", "so ein Unsinn", ""])
def test_any_other_gets_german(heideblick, client_of, asked: str):
    page = client_of(heideblick).get("/", headers={"accept-language": asked})

    assert '<html lang="de"' in page.content.decode()
    assert "Zum Inhalt springen" in page.content.decode()


def test_error_pages_have_a_language_even_before_the_host_is_known(heideblick, client_of):
    client = client_of(heideblick)

    unknown = client.get("/", headers={"accept-language": "en", "host": "nirgendwo.localhost"})
    missing = client.get("/gibt-es-nicht/", headers={"accept-language": "en"})
    german = client.get("/", headers={"accept-language": "de", "host": "nirgendwo.localhost"})

    assert "There is no page with this name here." in unknown.content.decode()
    assert "Page not found" in missing.content.decode()
    assert "Seite nicht gefunden" in german.content.decode()


def test_categories_stay_german_and_say_so(in_heideblick, client_of):
    report = make_report()
    path = f"/maengel/{report.reference}/"
    name = report.category.name

    english = client_of(in_heideblick).get(path, headers={"accept-language": "en"}).content.decode()
    german = client_of(in_heideblick).get(path, headers={"accept-language": "de"}).content.decode()

    assert f'<h1><span lang="de">{name}</span></h1>' in english
    assert f'<title lang="de">{name} {report.reference}' in english.replace("\n", "")
    assert "<title>" in german
    assert f"<h1>{name}</h1>" in german


def test_options_of_a_filter_say_that_they_are_german(in_heideblick, client_of):
    code, name = make_report().category.code, make_report().category.name

    english = client_of(in_heideblick).get("/maengel/", headers={"accept-language": "en"}).content.decode()
    german = client_of(in_heideblick).get("/maengel/", headers={"accept-language": "de"}).content.decode()

    assert f'<option value="{code}" lang="de">{name}</option>' in english
    assert '<option value="" selected>All</option>' in english
    assert f'<option value="{code}">{name}</option>' in german


def test_legal_texts_stay_german_and_say_so(heideblick, client_of):
    page = client_of(heideblick).get("/impressum/", headers={"accept-language": "en"}).content.decode()

    assert "<h1>Legal notice</h1>" in page
    assert '<div lang="de">' in page


def test_refusals_speak_the_language_of_who_is_refused():
    with translation.override("en"):
        assert NotFound().message == "There is no such thing here."
        assert str(Conflict()) == "This has been changed in the meantime."
    assert NotFound().message == "Das gibt es hier nicht."


def test_dates_and_amounts_follow_the_language():
    with translation.override("en"):
        shown = [
            texts.day_text(AT), texts.long_day_text(AT), texts.moment_text(AT), texts.clock_text(AT),
            texts.number_text(1234.5, 2), texts.euro_text(123450),
        ]  # fmt: skip

    assert shown == [
        "22 Nov 2026", "Sunday, 22 November 2026", "22 Nov 2026, 09:05", "09:05", "1,234.50", "€1,234.50",
    ]  # fmt: skip


def test_mails_are_german_whoever_causes_them(in_heideblick):
    person = make_person()

    with translation.override("en"), transaction.atomic():
        mails.send_invitation(person, secret="geheim", expires_at=AT, by=SYSTEM, at=AT)

    mail = Outbox.objects.latest("pk")
    assert "Ihre Einladung" in (mail.subject or "")
    assert "Der Link gilt bis 22.11.2026, 09:05\u00a0Uhr" in (mail.text or "")
    assert "Einladung annehmen" in (mail.text or "")


def test_steps_are_noted_in_german():
    with translation.override("en"):
        labels = dict(onboarding._steps_to_note())

        assert str(onboarding.provision_steps()[0].label) == "Create role and schema"
    assert labels["database"] == "Rolle und Schema anlegen"


def test_the_official_language_ends_with_its_block():
    with translation.override("en"):
        with language.official_language():
            assert translation.get_language() == "de"
        assert translation.get_language() == "en"
