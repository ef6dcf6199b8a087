# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reports for programs: public fields for every key, more for those who may read reports, nothing about people."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS, reset_generator_stats
from drf_spectacular.generators import SchemaGenerator

from tests.factories.accounts import make_person
from tests.factories.defects import make_report, move
from verbund.accounts.api import actor_for
from verbund.accounts.services.tokens import issue_token
from verbund.kernel import clock
from verbund.modules.defects.models import Report
from verbund.modules.defects.permissions import DefectsPermission
from verbund.modules.defects.states import State

LIST = "/api/v1/defects/reports/"


@pytest.fixture
def program(in_heideblick, heideblick, client_of):
    """Clients with a key of given scopes; None is nobody."""

    def make(*scopes: str) -> Client:
        person = actor_for(make_person("administrator"))
        _token, text = issue_token(name="Programm", scopes=scopes, by=person, at=clock.now())
        return client_of(heideblick, HTTP_AUTHORIZATION=f"Bearer {text}")

    return make


@pytest.fixture
def public(program) -> Client:
    return program(DefectsPermission.NOTE)


@pytest.fixture
def office(program) -> Client:
    return program(DefectsPermission.READ, DefectsPermission.ANSWER)


def test_nobody_gets_nothing(heideblick, client_of):
    assert client_of(heideblick).get(LIST).status_code == 401


def test_a_key_sees_public_fields_only(public):
    report = make_report(name="Ada Lovelace", place_note="am Tor", description="Herr Schulze war es.")

    (found,) = public.get(LIST).json()["results"]
    detail = public.get(f"{LIST}{report.reference}/").json()

    assert found["reference"] == report.reference
    assert (found["state"], found["light"], found["category"]) == ("RECEIVED", "red", "street-light")
    assert found["description"] == ""
    assert [entry["kind"] for entry in detail["timeline"]] == ["SUBMITTED"]
    for text in (json.dumps(found), json.dumps(detail)):
        for secret in ("Ada", "am Tor", "Schulze"):
            assert secret not in text


def test_the_office_sees_the_words_but_never_who_reported(office):
    report = make_report(name="Ada Lovelace", email="ada@example.org", description="Dunkel.")

    body = office.get(f"{LIST}{report.reference}/").json()

    assert (body["office_state"], body["reported_text"]) == ("UNCONFIRMED", "Dunkel.")
    assert "Ada" not in json.dumps(body)
    assert "ada@example.org" not in json.dumps(body)


@pytest.mark.parametrize("state", [State.UNCONFIRMED, State.HIDDEN])
def test_what_is_not_public_is_not_there(public, state):
    report = make_report()
    Report.objects.update(state=state)

    assert public.get(LIST).json()["results"] == []
    assert public.get(f"{LIST}{report.reference}/").status_code == 404


def test_filters(public):
    lamp, swing = make_report(), make_report(category="playground")
    move(swing, State.DONE)

    def listed(query: str) -> list[str]:
        return [row["reference"] for row in public.get(f"{LIST}?{query}").json()["results"]]

    assert listed("light=green") == [swing.reference]
    assert listed("state=RECEIVED") == [lamp.reference]
    assert listed("category=playground") == [swing.reference]
    assert listed("received_after=2099-01-01T00:00:00Z") == []
    assert public.get(f"{LIST}?light=blau").status_code == 422


def test_a_step_through_the_interface(office):
    report = make_report()
    url = f"{LIST}{report.reference}/state/"

    refused = office.post(url, {"state": "DONE"}, content_type="application/json")
    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == ["answer"]
    done = office.post(
        url, {"state": "DONE", "answer": "Die Leuchte ist neu."}, content_type="application/json"
    )
    assert done.status_code == 200
    assert done.json()["light"] == "green"
    assert (
        office.post(url, {"state": "QUESTION", "answer": "?"}, content_type="application/json").status_code
        == 409
    )


def test_a_step_needs_the_permission(public):
    report = make_report()
    response = public.post(
        f"{LIST}{report.reference}/state/", {"state": "IN_REVIEW"}, content_type="application/json"
    )
    assert response.status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_a_fixed_number_of_queries(office, count, django_assert_num_queries):
    for _each in range(count):
        make_report()
    office.get(LIST)

    with django_assert_num_queries(4):  # key, count, reports, photos
        assert office.get(LIST).json()["count"] == count


def test_the_description_of_the_interface_is_clean():
    reset_generator_stats()
    schema = SchemaGenerator(urlconf="verbund.config.urls.municipality").get_schema(request=None, public=True)
    complaints = [*GENERATOR_STATS._warn_cache, *GENERATOR_STATS._error_cache]

    assert [text for text in complaints if "defects" in text] == []
    assert f"{LIST}{{reference}}/state/" in schema["paths"]
