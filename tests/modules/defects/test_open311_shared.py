# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The shared endpoint on the association's host: exactly the municipality that is named, and its key."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories.accounts import make_person
from tests.factories.defects import make_report, middle
from verbund.accounts.api import actor_for
from verbund.accounts.services.tokens import issue_token
from verbund.audit.models import AuditEntry
from verbund.kernel import clock, context
from verbund.kernel.context import Municipality
from verbund.modules.defects.models import Report
from verbund.modules.defects.permissions import DefectsPermission

BASE = "/open311/v2"


@pytest.fixture
def shared(client_of, heideblick, luckau) -> Client:
    for municipality, street in ((heideblick, "Heidestraße 1"), (luckau, "Luckauer Straße 1")):
        with context.enter(municipality):
            make_report(address=street)
    return client_of(None)


def key_of(municipality: Municipality) -> str:
    with context.enter(municipality):
        by = actor_for(make_person("administrator"))
        return issue_token(name="App", scopes=[DefectsPermission.SUBMIT], by=by, at=clock.now())[1]


def wish(municipality: Municipality, key: str, named: str) -> dict[str, str]:
    with context.enter(municipality):
        latitude, longitude = middle()
    place = {"lat": str(latitude), "long": str(longitude)}
    return {"jurisdiction_id": named, "api_key": key, "service_code": "street-light", **place}


def test_discovery_needs_no_jurisdiction(shared):
    assert b"verbund.localhost" in shared.get(f"{BASE}/discovery.xml").content


@pytest.mark.parametrize("named", ["heideblick", "heideblick.localhost", "HEIDEBLICK.localhost"])
def test_the_jurisdiction_names_whose_reports_are_read(shared, named):
    (found,) = shared.get(f"{BASE}/requests.json?jurisdiction_id={named}").json()

    assert found["address"] == "Heidestraße 1"
    single = f"{BASE}/requests/{found['service_request_id']}.json"
    (neighbour,) = shared.get(f"{single}?jurisdiction_id=luckau").json()
    assert neighbour["address"] == "Luckauer Straße 1"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("?jurisdiction_id=", 400),
        ("?jurisdiction_id=atlantis", 404),
        ("?jurisdiction_id=verbund.localhost", 404),
    ],
)
@pytest.mark.parametrize("path", ["services", "requests", "services/street-light", "tokens/x"])
def test_without_a_known_jurisdiction_there_is_nothing(shared, path, query, status):
    response = shared.get(f"{BASE}/{path}.json{query}")

    assert response.status_code == status
    assert [sorted(error) for error in response.json()] == [["code", "description"]]


def test_a_municipality_without_the_module_is_unknown(shared, heideblick, in_association):
    from tenants import directory
    from tenants.models import ModuleActivation

    ModuleActivation.objects.filter(tenant_id=heideblick.number).delete()
    directory.forget()
    assert shared.get(f"{BASE}/services.json?jurisdiction_id=heideblick").status_code == 404
    directory.forget()


def test_a_new_request_takes_the_key_of_that_municipality(shared, heideblick, luckau):
    own, foreign = key_of(heideblick), key_of(luckau)

    assert shared.post(f"{BASE}/requests.json", wish(heideblick, foreign, "heideblick")).status_code == 403
    made = shared.post(f"{BASE}/requests.json", wish(heideblick, own, "heideblick"))

    assert made.status_code == 201
    request_id = made["X-Request-ID"]
    for municipality, count, rows in ((heideblick, 2, True), (luckau, 1, False)):
        with context.enter(municipality):
            assert Report.objects.count() == count
            assert AuditEntry.objects.filter(request_id=request_id).exists() is rows


def test_another_programs_request_needs_no_token_of_a_form(shared, heideblick):
    strict = Client(HTTP_HOST="verbund.localhost", enforce_csrf_checks=True)

    made = strict.post(f"{BASE}/requests.json", wish(heideblick, key_of(heideblick), "heideblick"))

    assert made.status_code == 201


def test_null_characters_are_refused(shared, heideblick):
    given = wish(heideblick, key_of(heideblick), "heideblick")

    for field in ("jurisdiction_id", "service_code", "description", "api_key"):
        refused = shared.post(f"{BASE}/requests.json", {**given, field: "a\0b"})
        assert (field, refused.status_code) == (field, 400)


@pytest.mark.parametrize(
    "span",
    ["start_date=9999-12-31T00:00:00Z", "end_date=0001-01-01T00:00:00Z", "start_date=0001-01-01T00:00:00Z"],
)
def test_spans_at_the_ends_of_the_calendar(shared, span):
    assert shared.get(f"{BASE}/requests.json?jurisdiction_id=heideblick&{span}").json() == []
