# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A suspended municipality cannot be told from one that never was, keeps its data, and is still counted."""

from __future__ import annotations

import json

import pytest
from celery import current_app
from celery.exceptions import Reject
from django.test import Client

from tenants import directory
from tenants.states import State
from tenants.suspension import resume, suspend
from tenants.transitions import TransitionRefused
from tests.factories.accounts import client_for, make_person
from tests.factories.sessions import signed_in
from tests.factories.tenants import put
from tests.factories.work import deliver
from verbund.accounts.models import Session
from verbund.accounts.services.tokens import issue_token
from verbund.audit.models import AuditEntry
from verbund.jobs.dispatch import dispatch
from verbund.jobs.tasks import HEADER
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.metering.tasks import push
from verbund.notify.tasks import deliver as deliver_mail

PATHS = ("/", "/maengel/", "/verwaltung/", "/konto/anmelden/", "/api/v1/defects/reports/", "/open311/v2/services.json", "/static/x.css", "/theme.css", "/gibtsnicht")  # fmt: skip


@pytest.fixture(autouse=True)
def asks_anew():
    directory.forget()
    yield
    directory.forget()


def suspended(municipality, reason="Probe"):
    return suspend(number=municipality.number, by=SYSTEM, at=clock.now(), reason=reason)


def resumed(municipality):
    return resume(number=municipality.number, by=SYSTEM, at=clock.now())


def seen(client, path, method="get"):
    """Everything a stranger can compare, but for the id and the second that are new at every request."""
    response = getattr(client, method)(path)
    headers = {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
    if "Expires" in headers:
        headers["Expires"] = "<now>"
    body = b"".join(response.streaming_content) if response.streaming else response.content
    body = body.replace(response["X-Request-ID"].encode(), b"<id>")
    return response.status_code, headers, body, dict(response.cookies)


@pytest.mark.parametrize("path", PATHS)
def test_suspended_hosts_answer_byte_for_byte_like_unknown_ones(heideblick, path):
    insider = signed_in("administrator", heideblick)
    assert seen(insider, "/")[0] == 200
    suspended(heideblick)

    for method in ("get", "head", "post"):
        unknown = seen(Client(HTTP_HOST="niegewesen.localhost"), path, method)
        assert unknown[0] == 404
        assert seen(Client(HTTP_HOST="heideblick.localhost"), path, method) == unknown
        assert seen(insider, path, method) == unknown, "also for somebody who was signed in"


def test_sessions_end_and_do_not_come_back(heideblick, luckau):
    client, neighbour = signed_in("administrator", heideblick), signed_in("administrator", luckau)
    assert client.get("/verwaltung/").status_code == 200

    suspended(heideblick)
    resumed(heideblick)

    assert client.get("/verwaltung/").status_code == 302
    assert neighbour.get("/verwaltung/").status_code == 200
    with context.enter(heideblick):
        assert not Session.objects.exists()
        assert AuditEntry.objects.filter(action="accounts.session.ended").exists()


def test_tokens_open_nothing_until_it_serves_again(heideblick):
    with context.enter(heideblick):
        _row, text = issue_token(name="Programm", scopes=["defects:report:read"], by=SYSTEM, at=clock.now())
    client = Client(HTTP_HOST="heideblick.localhost", HTTP_AUTHORIZATION=f"Bearer {text}")
    assert client.get("/api/v1/defects/reports/").status_code == 200

    suspended(heideblick)
    assert client.get("/api/v1/defects/reports/").status_code == 404

    resumed(heideblick)
    assert client.get("/api/v1/defects/reports/").status_code == 200


def test_queued_work_is_turned_away_but_usage_is_still_counted(heideblick):
    suspended(heideblick)

    with pytest.raises(Reject):
        deliver(deliver_mail, {HEADER: heideblick.key})
    deliver(push, {HEADER: heideblick.key})


@pytest.mark.parametrize("state", [State.SUSPENDED, State.LEAVING])
def test_sweeps_reach_those_whose_state_they_name(heideblick, luckau, monkeypatch, state):
    put(heideblick, state)
    sent: list[tuple[str, str]] = []
    monkeypatch.setattr(
        current_app, "send_task", lambda task, **options: sent.append((task, options["headers"][HEADER]))
    )

    with context.enter_association():
        dispatch.run("metering.push", 30)
        dispatch.run("notify.sweep", 30)

    assert ("metering.push", heideblick.key) in sent
    assert ("notify.sweep", heideblick.key) not in sent
    assert ("notify.sweep", luckau.key) in sent


@pytest.mark.parametrize(
    "state", [State.REQUESTED, State.PROVISIONING, State.FAILED, State.LEAVING, State.ARCHIVED]
)
def test_resuming_is_no_way_round_onboarding(heideblick, state):
    put(heideblick, state)

    with pytest.raises(TransitionRefused):
        resumed(heideblick)


def test_twice_changes_nothing_more(heideblick):
    assert suspended(heideblick)
    assert not suspended(heideblick)
    assert resumed(heideblick)
    assert not resumed(heideblick)


def test_operator_suspends_and_reopens_in_the_console(heideblick):
    client = signed_in("operator")
    page = client.get("/kommunen/heideblick/").content.decode()
    assert "/kommunen/heideblick/aussetzen/" in page

    wrong = client.post(
        "/kommunen/heideblick/aussetzen/", {"reason": "Beitrag offen", "confirmation": "luckau"}
    )
    assert wrong.status_code == 422
    assert directory.by_slug("heideblick") is not None
    done = client.post(
        "/kommunen/heideblick/aussetzen/", {"reason": "Beitrag offen", "confirmation": "heideblick"}
    )
    assert done["Location"] == "/kommunen/heideblick/"
    assert directory.by_slug("heideblick") is None
    page = client.get("/kommunen/heideblick/").content.decode()
    assert "Beitrag offen" in page, "the reason is shown"
    assert client.get("/kommunen/heideblick/aussetzen/").status_code == 404

    client.post("/kommunen/heideblick/oeffnen/", {"reason": "bezahlt"})
    assert directory.by_slug("heideblick") is not None


@pytest.mark.parametrize("page", ["aussetzen", "oeffnen"])
@pytest.mark.parametrize("role", ["finance", "auditor"])
def test_only_operators_may(heideblick, page, role):
    assert signed_in(role).post(f"/kommunen/heideblick/{page}/", {}).status_code == 403


def test_an_old_sign_in_is_asked_again_first(heideblick, in_association):
    client = client_for(make_person("operator"))  # signed in, but confirmed nothing

    with context.leave():
        answer = client.post(
            "/kommunen/heideblick/aussetzen/",
            {"reason": "x", "confirmation": "heideblick"},
            HTTP_REFERER="http://verbund.localhost/kommunen/heideblick/aussetzen/",
        )

    assert answer["Location"].startswith("/konto/")
    assert directory.by_slug("heideblick") is not None


@pytest.mark.django_db(transaction=True)
def test_command_line_suspends_shows_and_resumes(cli):
    done = cli("tenants", "suspend", "--slug", "luckau", "--reason", "Probe", "--json")
    assert (done.returncode, json.loads(done.stdout)["state"]) == (0, "SUSPENDED"), done.stderr

    shown = json.loads(cli("tenants", "show", "--slug", "luckau", "--json").stdout)
    assert (shown["state"], shown["message"], shown["hosts"]) == ("SUSPENDED", "Probe", ["luckau.localhost"])

    assert cli("tenants", "resume", "--slug", "luckau").returncode == 0
    unknown = cli("tenants", "suspend", "--slug", "gibtsnicht")
    assert unknown.returncode == 2
    assert "verbund tenants list" in unknown.stderr
