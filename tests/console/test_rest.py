# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Members for programs."""

from __future__ import annotations

import pytest
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from tenants.models import Tenant
from tests.factories.onboarding import BESTENSEE, requested
from tests.factories.sessions import signed_in
from verbund.accounts.services.tokens import issue_token
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM

PATH = "/api/v1/tenants/"
GIVEN = {
    "slug": "bestensee",
    "name": "Bestensee",
    "kind": "gemeinde",
    "bodies": [{"ags": "12061020", "name": "Bestensee"}],
    "hosts": ["bestensee.localhost"],
    "admin_email": "it@bestensee.example",
}


@pytest.fixture
def post(db):
    def send(role: str, values: dict):
        client = signed_in(role)
        return client.post(PATH, values, content_type="application/json")

    return send


def test_members_in_order(heideblick):
    answer = signed_in("auditor").get(PATH).json()

    assert [member["slug"] for member in answer["results"]] == ["heideblick", "luckau"]
    first = answer["results"][0]
    assert (first["key"], first["kind"], first["state"]) == (heideblick.key, "gemeinde", "ACTIVE")
    assert first["bodies"] == [{"ags": "12061219", "name": "Heideblick"}]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("?q=luck", ["luckau"]),
        ("?state=ACTIVE&module=defects", ["heideblick", "luckau"]),
        ("?state=FAILED", []),
    ],
)
def test_filter(heideblick, query, slugs):
    assert [member["slug"] for member in signed_in("auditor").get(PATH + query).json()["results"]] == slugs


def test_unknown_state_is_a_problem(db):
    answer = signed_in("auditor").get(f"{PATH}?state=QUATSCH")

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"] == "state"


def test_one_member_with_its_steps(heideblick):
    requested(**BESTENSEE)
    client = signed_in("finance")

    found = client.get(f"{PATH}bestensee/").json()

    assert found["onboarding"]["state"] == "WAITING"
    assert "legal_pages" in [step["name"] for step in found["onboarding"]["steps"]]
    assert client.get(f"{PATH}gibtsnicht/").status_code == 404


@pytest.mark.parametrize("body", ["[" * 100_000, '{"slug":' * 50_000])
def test_json_deeper_than_anybody_needs_is_a_bad_request(db, body):
    answer = signed_in("operator").post(PATH, body, content_type="application/json")

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("query", ["?q=%00", "?module=%00"])
def test_null_character_is_a_bad_request(db, query):
    answer = signed_in("auditor").get(PATH + query)

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_answers_are_kept_by_nobody(heideblick):
    assert "no-store" in signed_in("auditor").get(PATH)["Cache-Control"]


def test_onboarding_is_accepted(heideblick, post):
    answer = post("operator", GIVEN)

    assert answer.status_code == 202
    assert answer["Location"] == f"{PATH}bestensee/"
    assert "admin_email" not in answer.json()
    with context.enter_association():
        assert Tenant.objects.filter(slug="bestensee").exists()


def test_refusal_names_every_field(heideblick, post):
    answer = post("operator", {**GIVEN, "slug": "heideblick", "hosts": ["heideblick.localhost"]})

    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} == {"slug", "host"}


def test_incomplete_input_is_a_problem(post):
    answer = post("operator", {"slug": "x"})

    assert answer.status_code == 422
    assert "admin_email" in {error["field"] for error in answer.json()["errors"]}


@pytest.mark.parametrize(("role", "status"), [("operator", 202), ("finance", 403), ("auditor", 403)])
def test_who_may_onboard(heideblick, post, role, status):
    assert post(role, GIVEN).status_code == status


def test_nobody_reads_without_a_key(heideblick, client_of):
    assert client_of(None).get(PATH).status_code == 401
    assert signed_in("administrator", heideblick).get(PATH).status_code == 404


def test_key_of_a_program_reads_what_its_scope_allows(heideblick, client_of):
    with context.enter_association():
        text = issue_token(name="Bericht", scopes=["tenants:tenant:read"], by=SYSTEM, at=clock.now())[1]
    bearer = {"Authorization": f"Bearer {text}"}

    assert client_of(None).get(PATH, headers=bearer).status_code == 200
    assert (
        client_of(None).post(PATH, GIVEN, content_type="application/json", headers=bearer).status_code == 403
    )


@pytest.mark.parametrize("more", [0, 2])
def test_number_of_queries_does_not_grow(heideblick, django_assert_num_queries, more):
    from tests.factories.onboarding import EICHWALDE

    for member in (BESTENSEE, EICHWALDE)[:more]:
        requested(**member)
    client = signed_in("operator")
    client.get(PATH)

    with django_assert_num_queries(8):
        client.get(PATH)


def test_description_of_the_api_is_complete(db, capsys):
    schema = SchemaGenerator(urlconf="verbund.config.urls.association").get_schema(public=True)

    validate_schema(schema)
    assert capsys.readouterr().err == ""


def test_each_host_describes_its_own_api(heideblick, client_of):
    association = client_of(None).get("/api/schema/").content.decode()
    municipality = client_of(heideblick).get("/api/schema/").content.decode()

    assert "/api/v1/tenants/" in association
    assert "/api/v1/tenants/" not in municipality
