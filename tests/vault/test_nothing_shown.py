# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Secrets are at hand when something breaks: no error page, problem document, log line or task shows one."""

from __future__ import annotations

import io
import json
import logging
import secrets
from collections.abc import Callable, Iterator

import psycopg
import pytest
from celery.signals import before_task_publish
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import clear_url_caches, path

from tests.conformance.samples.platform import _WANTED as WANTED
from tests.factories import defects
from verbund.config.celery import app
from verbund.config.urls import municipality as urls
from verbund.console import services as console
from verbund.jobs import hints
from verbund.jobs.hints import hint
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import Municipality
from verbund.vault import process
from verbund.vault.connection import Server
from verbund.vault.references import resolve

PLANTED = "gepflanzt-" + secrets.token_urlsafe(18)
PATH = "absturz-zum-testen/"


def held_secrets() -> dict[str, str]:
    """What this process really holds, and what a visitor has typed."""
    identity = process.holdings().own._identity  # type: ignore[attr-defined]
    return {
        "database": resolve("vault:association/db#app_password"),
        "broker": resolve("vault:association/valkey#password"),
        "django": resolve("vault:association/django#secret_key"),
        "token": identity.token(),
        "typed": PLANTED,
    }


def _broken(_secrets: dict[str, str]) -> None:
    raise RuntimeError("Absicht")


def _wrong_password(held: dict[str, str]) -> None:
    parameters = connection.get_connection_params()
    host, port, name = parameters["host"], parameters["port"], parameters["dbname"]
    psycopg.connect(host=host, port=port, dbname=name, user="verbund_app", password=held["typed"])


def _vault_refuses(_secrets: dict[str, str]) -> None:
    process.holdings().own.write("association/smtp", {"password": PLANTED})


def _vault_is_gone(held: dict[str, str]) -> None:
    Server("http://127.0.0.1:9").look_up(held["token"])


CRASHES: dict[str, tuple[Callable[[dict[str, str]], None], int, str]] = {
    "broken": (_broken, 500, "Absicht"),
    "wrong password": (_wrong_password, 500, "password authentication failed"),
    "vault refuses": (_vault_refuses, 500, "vault_denied"),
    "vault is gone": (_vault_is_gone, 503, "vault_unavailable"),
}


@pytest.fixture
def crash_with(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """A page of the municipality's host that breaks with secrets in its hands."""
    chosen: list[Callable[[dict[str, str]], None]] = []

    def view(request: HttpRequest) -> HttpResponse:
        password = request.POST.get("password", "")
        held = held_secrets() | {"typed": password or PLANTED}
        chosen[0](held)
        return HttpResponse("heil")

    monkeypatch.setattr(urls, "urlpatterns", [path(PATH, view), *urls.urlpatterns])
    clear_url_caches()
    yield lambda kind: chosen.insert(0, CRASHES[kind][0])
    clear_url_caches()


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What the configured handler writes, in the form in which it is kept."""
    handler = next(found for found in logging.getLogger().handlers if type(found) is logging.StreamHandler)
    written = io.StringIO()
    monkeypatch.setattr(handler, "stream", written)
    return written


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
@pytest.mark.parametrize("kind", CRASHES)
def test_no_error_page_or_log_line_shows_a_secret(
    heideblick: Municipality,
    crash_with: Callable[[str], None],
    log: io.StringIO,
    kind: str,
    accept: str,
):
    _crash, status, told = CRASHES[kind]
    crash_with(kind)
    held = held_secrets()
    browser = Client(HTTP_HOST=heideblick.hosts[0], HTTP_ACCEPT=accept, raise_request_exception=False)
    answer = browser.post(f"/{PATH}", {"password": PLANTED}, headers={"authorization": f"Bearer {PLANTED}"})
    written = log.getvalue()

    assert settings.DEBUG is False
    assert answer.status_code == status
    assert told in written  # so the search looks where the crash was told
    assert "Traceback" not in answer.content.decode()
    shown = answer.content.decode() + str(answer.headers) + written
    assert [name for name, secret in held.items() if secret in shown] == []


def test_a_broker_that_is_gone_leaves_no_password_in_the_log(
    heideblick: Municipality, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
):
    password = resolve("vault:association/valkey#password")
    gone = f"redis://:{password}@127.0.0.1:9/0"
    monkeypatch.setattr("verbund.config.celery._broker_url", lambda: gone)
    monkeypatch.setattr(hints, "_quiet_until", 0.0)
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    with context.enter_association():
        assert not hint("tenants.renew_keys", scope=context.ASSOCIATION, arguments=[1])
    written = log.getvalue()

    assert "jobs.hint_failed" in written
    assert password not in written


def test_no_message_to_a_worker_carries_more_than_numbers(
    heideblick: Municipality, django_capture_on_commit_callbacks
):
    """Whatever lies in the rows that a task is about: messages and headers, as the broker gets them."""
    sent: list[str] = []

    def note(
        headers: object = None, body: object = None, properties: object = None, **_others: object
    ) -> None:
        sent.append(json.dumps([headers, body, properties], default=str))

    before_task_publish.connect(note, weak=False)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            with context.enter(heideblick):
                defects.make_report(
                    name=PLANTED, email=f"{PLANTED.lower()}@example.org", description=f"Dunkel: {PLANTED}"
                )
            with context.enter_association():
                console.start_onboarding(wanted=WANTED, by=SYSTEM, at=clock.now())
    finally:
        before_task_publish.disconnect(note)

    assert len(sent) >= 2
    everything = "".join(sent)
    planted = [PLANTED, PLANTED.lower(), WANTED.admin_email, WANTED.name]
    assert [text for text in planted if text in everything] == []
    assert [name for name, secret in held_secrets().items() if secret in everything] == []
