# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Open311 GeoReport v2: both forms, every status, nothing about people."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from django.test import Client
from georeport import GeoReport
from jsonschema import Draft4Validator
from lxml import etree
from referencing import Registry
from referencing.jsonschema import DRAFT4

from tests.factories.accounts import make_person
from tests.factories.defects import make_address, make_report, middle, move, photo_upload
from verbund.accounts.api import actor_for
from verbund.accounts.services.tokens import issue_token
from verbund.kernel import clock, context
from verbund.modules.defects import releasing, reporting
from verbund.modules.defects.models import Category, Report
from verbund.modules.defects.permissions import DefectsPermission
from verbund.modules.defects.states import State
from verbund.notify.models import Outbox

BASE = "/open311/v2"
SCHEMAS = Path(__file__).resolve().parents[4] / "shared" / "data" / "open311"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def client(in_heideblick, heideblick, client_of) -> Client:
    return client_of(heideblick)


@pytest.fixture
def key(in_heideblick) -> str:
    return _key(DefectsPermission.SUBMIT)


def _key(*scopes: str) -> str:
    by = actor_for(make_person("administrator"))
    return issue_token(name="App", scopes=scopes, by=by, at=clock.now())[1]


def new(key: str, **fields: object) -> dict[str, object]:
    latitude, longitude = middle()
    place = {"lat": str(latitude), "long": str(longitude)}
    return {"api_key": key, "service_code": "street-light", "description": "Dunkel.", **place, **fields}


def tree(response) -> etree._Element:
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    return etree.fromstring(response.content)


@pytest.mark.parametrize("form", ["xml", "json"])
def test_discovery_names_the_endpoint(client, form):
    response = client.get(f"{BASE}/discovery.{form}")

    assert response.status_code == 200
    text = response.content.decode()
    assert re.search(r"heideblick\.localhost[:\d]*/open311/v2[\"<]", text)
    assert "http://wiki.open311.org/GeoReport_v2" in text


def test_services_are_the_categories_in_both_forms(client):
    Category.objects.filter(code="graffiti").update(is_active=False)
    codes = list(Category.objects.filter(is_active=True).values_list("code", flat=True))

    listed = client.get(f"{BASE}/services.json").json()
    root = tree(client.get(f"{BASE}/services.xml"))

    assert [service["service_code"] for service in listed] == codes
    assert [code.text for code in root.iterfind("service/service_code")] == codes
    assert root.tag == "services"
    assert listed[0]["metadata"] is False
    assert root.findtext("service/metadata") == "false"


def test_a_definition_asks_nothing_more(client):
    assert client.get(f"{BASE}/services/street-light.json").json() == {
        "service_code": "street-light",
        "attributes": [],
    }
    assert tree(client.get(f"{BASE}/services/street-light.xml")).tag == "service_definition"


def test_a_request_is_a_list_of_one_and_names_nobody(client):
    report = make_report(
        name="Ada Lovelace", phone="0151", description="Herr Schulze war es.", place_note="am Tor"
    )

    (found,) = client.get(f"{BASE}/requests/{report.reference}.json").json()
    xml = client.get(f"{BASE}/requests.xml")

    assert found["service_request_id"] == report.reference
    assert (found["status"], found["status_notes"], found["description"]) == ("open", "Eingegangen", None)
    assert found["requested_datetime"].endswith(("+01:00", "+02:00"))
    assert [element.tag for element in tree(xml)] == ["request"]
    for secret in ("Ada", "0151", "Schulze", "am Tor"):
        assert secret not in xml.content.decode() + json.dumps(found)


def test_released_words_are_escaped_and_complete(client):
    report = make_report()
    text = "Bäume & <Sträucher>\nzweite Zeile\x0b"
    releasing.release_contents(
        reference=report.reference,
        public_description=text,
        photo_ids=[],
        by=actor_for(make_person("clerk")),
        at=clock.now(),
    )

    root = tree(client.get(f"{BASE}/requests/{report.reference}.xml"))

    assert root.findtext("request/description") == "Bäume & <Sträucher>\nzweite Zeile"


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (State.IN_REVIEW, "open"),
        (State.IN_PROGRESS, "open"),
        (State.SCHEDULED, "open"),
        (State.FORWARDED, "open"),
        (State.DONE, "closed"),
        (State.NOT_REPAIRED, "closed"),
        (State.DUPLICATE, "closed"),
    ],
)
def test_states_become_open_or_closed(client, state, status):
    report, original = make_report(), make_report()
    move(report, state, original=original.reference)

    (found,) = client.get(f"{BASE}/requests/{report.reference}.json").json()
    by_status = client.get(f"{BASE}/requests.json?status={status}").json()

    assert found["status"] == status
    assert report.reference in {row["service_request_id"] for row in by_status}


@pytest.mark.parametrize("state", [State.UNCONFIRMED, State.HIDDEN])
def test_what_is_not_public_is_not_found(client, state):
    report = make_report()
    Report.objects.update(state=state)

    assert client.get(f"{BASE}/requests.json").json() == []
    assert client.get(f"{BASE}/requests/{report.reference}.json").status_code == 404


def test_ninety_days_by_default_and_at_most(client):
    now = clock.now()
    old, recent = make_report(at=now - timedelta(days=120)), make_report(at=now - timedelta(days=10))

    def listed(query: str) -> list[str]:
        return [row["service_request_id"] for row in client.get(f"{BASE}/requests.json?{query}").json()]

    long_ago = (now - timedelta(days=130)).isoformat().replace("+", "%2B")
    assert listed("") == [recent.reference]
    assert listed("start_date=&end_date=") == [recent.reference]
    assert listed(f"start_date={long_ago}") == [old.reference]
    assert listed(f"service_request_id={old.reference},{recent.reference}") == [
        recent.reference,
        old.reference,
    ]
    assert listed("page=2&page_size=1") == []


@pytest.mark.parametrize("form", ["xml", "json"])
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("requests/M-2099-0001", 404),
        ("requests/unsinn", 404),
        ("services/unsinn", 404),
        ("tokens/unsinn", 404),
        ("services?jurisdiction_id=luckau.localhost", 404),
        ("requests?start_date=gestern", 400),
        ("requests?status=kaputt", 400),
        ("requests?page=0", 400),
    ],
)
def test_errors_come_in_the_asked_form(client, form, path, status):
    name, _mark, query = path.partition("?")
    response = client.get(f"{BASE}/{name}.{form}?{query}")

    assert response.status_code == status
    if form == "json":
        assert [sorted(error) for error in response.json()] == [["code", "description"]]
    else:
        assert tree(response).findtext("error/code") == str(status)


@pytest.mark.parametrize("jurisdiction", ["", "heideblick", "heideblick.localhost", "Heideblick.localhost"])
def test_our_own_jurisdiction_may_be_named_or_left_out(client, jurisdiction):
    assert client.get(f"{BASE}/services.json?jurisdiction_id={jurisdiction}").status_code == 200


@pytest.mark.parametrize("form", ["xml", "json"])
def test_a_new_request_is_received_at_once(client, key, form):
    response = Client(enforce_csrf_checks=True, HTTP_HOST="heideblick.localhost").post(
        f"{BASE}/requests.{form}", new(key, first_name="Ada", last_name="Lovelace", media=photo_upload())
    )

    assert response.status_code == 201
    report = Report.objects.get()
    assert report.reference in response.content.decode()
    assert (report.state, report.source) == (State.RECEIVED, "open311")
    assert report.reporter.name == "Ada Lovelace"
    assert report.photos.count() == 1


def test_a_new_request_takes_an_address(client, key):
    make_address()
    fields = {
        name: value
        for name, value in new(key, address_string="Hauptstr. 12").items()
        if name not in {"lat", "long"}
    }

    assert client.post(f"{BASE}/requests.json", fields).status_code == 201
    assert Report.objects.get().address == "Hauptstraße 12, 15926 Heideblick"


def test_with_an_address_a_token_waits_for_the_confirmation(client, key):
    (made,) = client.post(f"{BASE}/requests.json", new(key, email="ada@example.org")).json()
    assert "service_request_id" not in made
    url = f"{BASE}/tokens/{made['token']}.json"
    assert client.get(url).json()[0]["service_request_id"] is None

    mail = Outbox.objects.get(kind="defects/confirm")
    reporting.confirm_report(secret=re.search(r"/bestaetigen/([^/]+)/", mail.text)[1], at=clock.now())

    assert client.get(url).json()[0]["service_request_id"] == Report.objects.get().reference


@pytest.mark.parametrize("api_key", ["", "falsch", "vb_m000001_falsch"])
def test_a_wrong_key_is_403(client, api_key):
    assert client.post(f"{BASE}/requests.json", new(api_key)).status_code == 403
    assert Report.objects.count() == 0


def test_a_key_without_the_right_is_403(client):
    assert client.post(f"{BASE}/requests.json", new(_key(DefectsPermission.READ))).status_code == 403


def test_the_neighbours_key_is_403(heideblick, luckau, client_of):
    with context.enter(luckau):
        foreign = _key(DefectsPermission.SUBMIT)
    with context.enter(heideblick):
        fields = new(foreign)
    assert client_of(heideblick).post(f"{BASE}/requests.json", fields).status_code == 403


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"service_code": ""}, 400),
        ({"service_code": "unsinn"}, 404),
        ({"lat": "", "long": ""}, 400),
        ({"lat": "51.8", "long": ""}, 400),
        ({"lat": "x", "long": "y"}, 400),
        ({"lat": "nan", "long": "nan"}, 400),
        ({"lat": "52.52", "long": "13.40"}, 400),
        ({"description": "x" * 4001}, 400),
        ({"email": "keine Adresse"}, 400),
    ],
)
def test_wrong_input_is_refused_and_nothing_is_made(client, key, fields, status):
    response = client.post(f"{BASE}/requests.xml", new(key, **fields))

    assert response.status_code == status
    assert tree(response).tag == "errors"
    assert Report.objects.count() == 0


def test_a_text_as_photo_is_refused(client, key):
    from django.core.files.uploadedfile import SimpleUploadedFile

    response = client.post(f"{BASE}/requests.json", new(key, media=SimpleUploadedFile("a.jpg", b"kein Bild")))
    assert response.status_code == 400
    assert Report.objects.count() == 0


def test_extensions_bring_light_and_public_notes(client):
    report = move(make_report(), State.DONE, answer="Die Leuchte ist neu.", reason="intern")

    (found,) = client.get(f"{BASE}/requests/{report.reference}.json?extensions=true").json()

    assert found["extended_attributes"]["light"] == "green"
    assert [note["description"] for note in found["notes"]] == [None, "Die Leuchte ist neu."]
    assert (
        tree(client.get(f"{BASE}/requests.xml?extensions=true")).findtext(".//notes/note/status")
        == "received"
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_a_fixed_number_of_queries(client, count, django_assert_num_queries):
    for _each in range(count):
        make_report()
    client.get(f"{BASE}/requests.json")

    with django_assert_num_queries(2):
        assert len(client.get(f"{BASE}/requests.json").json()) == count


@pytest.fixture
def wire(client, monkeypatch):
    """Leads the foreign client's requests to our test client instead of into the network."""

    def send(url: str, params: dict[str, str] | None = None, **_options: object) -> requests.Response:
        answer = client.get(url.partition("localhost")[2], params or {})
        response = requests.Response()
        response.status_code, response._content, response.encoding = (
            answer.status_code,
            answer.content,
            "utf-8",
        )
        return response

    monkeypatch.setattr("georeport.georeport.requests.get", send)


@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_foreign_client_understands_us(wire, form):
    report = make_report()
    move(make_report(category="playground"), State.DONE)
    foreign = GeoReport(
        f"http://heideblick.localhost{BASE}", jurisdiction="heideblick.localhost", output_format=form
    )

    assert len(foreign.get_service_list()) == Category.objects.count()
    assert foreign.get_service_definition("street-light")["service_code"] == "street-light"
    assert {row["status"] for row in foreign.get_service_requests()} == {"open", "closed"}
    single = foreign.get_service_request(report.reference)
    assert report.reference in json.dumps(single)


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("services", "services.json"),
        ("services/street-light", "service-definition.json"),
        ("requests", "requests.json"),
    ],
)
def test_the_published_schemas_hold(client, path, schema):
    if not SCHEMAS.is_dir():
        pytest.skip("missing: the published schemas of Open311")
    move(make_report(), State.DONE)
    make_report()
    documents = {file.name: json.loads(file.read_text()) for file in SCHEMAS.glob("*.json")}
    registry = Registry().with_resources(
        (name, DRAFT4.create_resource(document)) for name, document in documents.items()
    )

    Draft4Validator(documents[schema], registry=registry).validate(client.get(f"{BASE}/{path}.json").json())


def test_photo_of_a_report_that_fails_does_not_stay_on_the_disk(client, key, tmp_path):
    refused = client.post(f"{BASE}/requests.json", new(key, lat="0", long="0", media=photo_upload()))

    assert refused.status_code == 400
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
