# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A flood is stopped, and whoever is stopped by mistake loses nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories.accounts import make_person
from tests.factories.defects import make_address, middle, photo_upload
from verbund.accounts.api import actor_for
from verbund.accounts.services.tokens import issue_token
from verbund.files.models import StoredFile
from verbund.kernel import clock
from verbund.modules.defects import limits
from verbund.modules.defects.models import Draft, Report
from verbund.modules.defects.permissions import DefectsPermission
from verbund.web.limits import Limit

ASK = "/maengel/melden/"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def small(monkeypatch):
    """Limits that a test reaches: one of each."""
    for name in ("DRAFTS", "PHOTOS", "REPORTS", "REPORTS_WITHOUT_ADDRESS", "OPEN311"):
        monkeypatch.setattr(limits, name, Limit(name=f"test.{name}", most=1, seconds=3600))


def written(client: Client, **contact: str) -> None:
    client.post(ASK, {"address": "Hauptstr 12"})
    client.post(f"{ASK}was/", {"category": "street-light", "description": "Dunkel.", "weiter": "1"})
    client.post(f"{ASK}kontakt/", {"email": "", "name": "", "phone": "", **contact})


def test_second_report_without_an_address_waits_and_nothing_typed_is_lost(
    small, monkeypatch, in_heideblick, client_of
):
    monkeypatch.setattr(limits, "DRAFTS", Limit(name="test.drafts", most=9, seconds=60))
    monkeypatch.setattr(limits, "REPORTS", Limit(name="test.reports", most=9, seconds=60))
    make_address()
    first, second, third = (client_of(in_heideblick) for _ in range(3))
    written(first)
    assert first.post(f"{ASK}pruefen/").status_code == 302

    written(second)
    refused = second.post(f"{ASK}pruefen/")

    page = refused.content.decode()
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert "Von Ihrem Anschluss kamen gerade sehr viele Anfragen." in page
    assert "Dunkel." in page
    assert Report.objects.count() == 1
    written(third, email="ada@example.org")
    assert third.post(f"{ASK}pruefen/").status_code == 302, "with an address it is confirmed by mail"


def test_more_photos_than_anybody_has_are_refused_but_the_words_stay(small, in_heideblick, client_of):
    make_address()
    client = client_of(in_heideblick)
    client.post(ASK, {"address": "Hauptstr 12"})
    said = {"category": "street-light", "description": "Dunkel.", "weiter": "1"}

    refused = client.post(f"{ASK}was/", {**said, "photos": [photo_upload(), photo_upload()]})

    assert refused.status_code == 429
    assert "Dunkel." in refused.content.decode()
    assert not StoredFile.objects.exists()


def test_drafts_cannot_be_piled_up(small, in_heideblick, client_of):
    make_address()
    client_of(in_heideblick).post(ASK, {"address": "Hauptstr 12"})

    refused = client_of(in_heideblick).post(ASK, {"address": "Hauptstr 12"})

    assert refused.status_code == 429
    assert "Hauptstr 12" in refused.content.decode()
    assert Draft.objects.count() == 1


def test_each_key_of_open311_has_its_own_limit(small, in_heideblick, client_of):
    latitude, longitude = middle()

    def send(name: str, key: str) -> object:
        report = {"service_code": "street-light", "lat": str(latitude), "long": str(longitude)}
        path = f"/open311/v2/requests.{name}"
        return client_of(in_heideblick).post(path, {"api_key": key, "description": "Dunkel.", **report})

    by = actor_for(make_person("administrator"))
    scopes = (DefectsPermission.SUBMIT,)
    first, second = (issue_token(name=name, scopes=scopes, by=by, at=clock.now())[1] for name in "ab")
    assert send("json", first).status_code == 201

    refused = send("json", first)

    assert refused.status_code == 429
    assert refused.json()[0]["code"] == "429"
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert send("xml", second).status_code == 201
    assert Report.objects.count() == 2
