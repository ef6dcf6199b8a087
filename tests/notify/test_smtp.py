# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The way over a real SMTP server."""

from __future__ import annotations

import json
import time

import pytest
import requests
from django.utils import translation

from tests.factories.defects import make_report, move
from verbund.kernel import clock
from verbund.modules.defects.models import Reporter
from verbund.modules.defects.states import State
from verbund.notify import delivery
from verbund.notify.models import Outbox


@pytest.fixture(autouse=True)
def _real_smtp(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


def received(services, address: str) -> list[dict]:
    """What the mail sink has for an address; it stores what it took a moment later."""
    for _attempt in range(50):
        everything = requests.get(services.mail_api, timeout=5).json()
        found = [mail for mail in everything if address in json.dumps(mail)]
        if found:
            return found
        time.sleep(0.1)
    return []


def test_mail_arrives_in_german_whoever_caused_it(in_heideblick, services):
    address = f"ada{clock.now().timestamp()}@example.org"
    report = make_report()
    Reporter.objects.create(report=report, email=address, has_email=True, email_confirmed_at=clock.now())
    Outbox.objects.all().delete()
    with translation.override("en"):
        move(report, State.DONE, answer="Größe 40 W, alles hell.")

    assert delivery.deliver_due(at=clock.now()) == 1

    (mail,) = received(services, address)
    assert report.reference in json.dumps(mail)
    assert "erledigt" in json.dumps(mail, ensure_ascii=False)


def test_a_server_that_is_away_is_tried_again(in_heideblick, settings):
    settings.EMAIL_PORT = 9
    make_report()
    Outbox.objects.exclude(kind="defects/office").delete()

    assert delivery.deliver_due(at=clock.now()) == 0

    row = Outbox.objects.get()
    assert row.state == "QUEUED"
    assert row.attempts == 1
    assert row.last_error == "ConnectionRefusedError"
