# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The host alone decides whose request it is; what is not active looks like nothing."""

from __future__ import annotations

import errno

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import OperationalError
from django.test import Client

from tenants import directory
from tenants.models import Host, ModuleActivation, Tenant
from tenants.states import State
from verbund.kernel import context


@pytest.fixture(autouse=True)
def asks_anew():
    directory.forget()
    yield
    directory.forget()


def get(host: str, path: str = "/", **extra: str):
    return Client().get(path, HTTP_HOST=host, **extra)


def test_each_host_shows_its_municipality(heideblick, luckau):
    assert "Gemeinde Heideblick" in get("heideblick.localhost").content.decode()
    assert "Stadt Luckau" in get("luckau.localhost").content.decode()


@pytest.mark.parametrize(
    "host", ["HEIDEBLICK.localhost", "heideblick.localhost.", "heideblick.localhost:8000"]
)
def test_spellings_of_a_host(host, heideblick):
    assert get(host).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "unbekannt.localhost",
        "localhost",
        "127.0.0.1",
        "heideblick.localhost:http",
        "heideblick.localhost:",
        "heideblick.localhost:123456",
        "heideblick.localhost:" + "9" * 5000,
        "a" * 254,
        "heideblick.localhost.evil.example",
        "",
        "a b",
    ],
)
def test_unknown_hosts_get_one_neutral_page(host, heideblick):
    response = get(host)

    assert response.status_code == 404
    assert response.content == get("nochniegesehen.localhost").content
    assert "Heideblick" not in response.content.decode()


@pytest.mark.parametrize("state", [state for state in State if state != State.ACTIVE])
def test_inactive_looks_like_unknown(state, heideblick):
    unknown = get("unbekannt.localhost")
    with context.enter_association():
        Tenant.objects.filter(pk=heideblick.number).update(state=state)
    directory.forget()

    response = get("heideblick.localhost")

    assert (response.status_code, response.content) == (404, unknown.content)


def test_forwarded_host_is_ignored(heideblick, luckau):
    body = get("heideblick.localhost", HTTP_X_FORWARDED_HOST="luckau.localhost").content.decode()
    assert "Heideblick" in body
    assert "Luckau" not in body


def test_further_host_serves_too(heideblick):
    with context.enter_association():
        Host.objects.create(
            domain="www.heideblick.example", tenant=Tenant.objects.get(pk=heideblick.number), is_primary=False
        )
    assert get("www.heideblick.example").status_code == 200


def test_switched_off_module_does_not_exist(heideblick):
    assert get("heideblick.localhost", "/maengel/").status_code == 200
    with context.enter_association():
        ModuleActivation.objects.filter(tenant_id=heideblick.number, module="defects").delete()
    directory.forget()

    assert get("heideblick.localhost", "/maengel/").status_code == 404
    assert get("heideblick.localhost", "/api/v1/defects/").status_code == 404
    assert "/maengel/" not in get("heideblick.localhost").content.decode()


def test_pages_of_municipalities_are_not_on_the_association_s_host(db):
    assert get("verbund.localhost", "/maengel/").status_code == 404


def test_pages_of_the_console_are_not_on_a_municipality_s_host(heideblick):
    assert get("heideblick.localhost", "/kommunen/").status_code == 404


def test_look_up_is_kept_for_a_moment(heideblick, django_assert_num_queries):
    get("heideblick.localhost")
    with django_assert_num_queries(0):
        assert directory.by_host("heideblick.localhost") is not None


@pytest.mark.parametrize("path", ["/healthz/live", "/healthz/ready"])
def test_health_answers_on_any_host(path, db):
    assert get("10.0.0.1", path).status_code == 200


@pytest.mark.parametrize("path", ["/healthz/live", "/healthz/ready"])
def test_health_asks_nobody_who_they_are(path, heideblick):
    """A session is looked for in a scope, and here is none: it was an error page with a stack in the log."""
    client = Client(HTTP_HOST="heideblick.localhost")
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32

    assert client.get(path).status_code == 200


def test_missing_static_file_on_an_unknown_host_asks_nobody_who_they_are(db):
    client = Client(HTTP_HOST="unbekannt.localhost")
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32

    assert client.get("/static/gibt-es-nicht.css").status_code == 404


@pytest.mark.parametrize("path", ["/", "/maengel/", "/konto/anmelden/", "/api/v1/defects/reports/"])
def test_database_that_is_away_is_said_to_be(path, heideblick, monkeypatch):
    def away(_host: str) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(directory, "by_host", away)

    response = Client(raise_request_exception=False).get(path, HTTP_HOST="heideblick.localhost")

    assert response.status_code == 503
    assert response["Retry-After"] == "10"


def test_upload_that_finds_no_room_is_said_to(heideblick, monkeypatch):
    """The file is too large for memory, and the folder for temporary files takes nothing."""

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(TemporaryUploadedFile, "__init__", full)
    upload = SimpleUploadedFile("foto.jpg", b"0" * 3_000_000)

    response = Client(raise_request_exception=False).post(
        "/maengel/melden/", {"photos": upload}, HTTP_HOST="heideblick.localhost"
    )

    assert response.status_code == 507
    assert response["Retry-After"] == "60"
