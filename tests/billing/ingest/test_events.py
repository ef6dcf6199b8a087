# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Events of other systems over the API: each counted once, or refused with its field and the way out."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from billing.ingest.models import EventTally
from billing.ingest.producers import issue_key
from tests.factories.accounts import client_for, make_person
from tests.factories.ingest import make_event, make_producer
from tests.factories.metering import NOON, counted
from verbund.accounts.api import actor_for
from verbund.accounts.services.tokens import issue_token
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.metering.reconciliation import reconcile

URL = "/api/v1/usage/events/"
TOMORROW = clock.now() + timedelta(days=1)


@pytest.fixture
def client(heideblick, luckau):
    with context.enter_association():
        make_producer()
        text = issue_key(slug="gis", by=SYSTEM, at=NOON)
    return client_for(None, headers={"Authorization": f"Bearer {text}"})


def _post(client, content, content_type="application/json"):
    return client.post(URL, json.dumps(content), content_type=content_type)


def _results(answer):
    assert answer.status_code == 202, answer.content
    return [row["result"] for row in answer.json()]


def test_event_is_counted_before_the_answer(client, heideblick):
    answer = _post(client, [make_event(), make_event(data={"quantity": 4, "dimensions": {"layer": "roads"}})])

    assert _results(answer) == ["accepted", "accepted"]
    assert counted("gis.tiles", heideblick) == 7
    assert reconcile().received == 2


def test_repeating_a_delivery_changes_nothing(client):
    events = [make_event(), make_event()]
    _post(client, events)

    assert _results(_post(client, [*events, make_event()])) == ["duplicate", "duplicate", "accepted"]
    assert counted("gis.tiles") == 9


def test_event_twice_in_one_delivery_counts_once(client):
    event = make_event()

    assert _results(_post(client, [event, event])) == ["accepted", "duplicate"]
    assert counted("gis.tiles") == 3


def test_id_used_for_something_else_is_rejected(client):
    event = make_event()
    changed = {**event, "data": {"quantity": 500}}

    assert _results(_post(client, [event, changed])) == ["accepted", "rejected"]
    answer = _post(client, [changed])

    assert _results(answer) == ["rejected"]
    assert answer.json()[0]["field"] == "id"
    assert counted("gis.tiles") == 3


def _id_of(moment):
    return str(UUID(int=int(moment.timestamp() * 1000) << 80 | 0x7 << 76 | 0b10 << 62))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"time": TOMORROW.isoformat()}, "time"),
        ({"time": "2026-11-12T11:20:00"}, "time"),
        ({"time": "2026-13-45T11:20:00Z"}, "time"),
        ({"time": "0001-01-01T00:00:00+14:00"}, "time"),
        ({"subject": "luckau"}, "subject"),
        ({"subject": ["heideblick"]}, "subject"),
        ({"type": "http.requests"}, "type"),
        ({"source": "other"}, "source"),
        ({"id": str(uuid4())}, "id"),
        ({"id": _id_of(TOMORROW)}, "id"),
        ({"id": 7}, "id"),
        ({"specversion": "2.0"}, "specversion"),
        ({"data": None}, "data"),
        ({"data": {"quantity": 0}}, "data.quantity"),
        ({"data": {"quantity": 1.5}}, "data.quantity"),
        ({"data": {"quantity": True}}, "data.quantity"),
        ({"data": {"quantity": 1, "dimensions": {"who": "Erika Musterfrau"}}}, "data.dimensions"),
        ({"data": {"quantity": 1, "dimensions": {"who": 7}}}, "data.dimensions"),
    ],
)
def test_bad_event_is_rejected_with_its_field_and_loses_no_other(client, values, field):
    answer = _post(client, [make_event(**values), make_event()])

    assert _results(answer) == ["rejected", "accepted"]
    assert answer.json()[0]["field"] == field
    assert len(answer.json()[0]["reason"]) > 20
    assert counted("gis.tiles") == 3


@pytest.mark.parametrize("content", [7, "x", None, ["x"], [None]])
def test_what_is_no_event_is_rejected(client, content):
    assert _results(_post(client, content)) == ["rejected"]


def test_delivery_that_is_too_long_is_refused_as_a_whole(client):
    answer = _post(client, [make_event()] * 1001)

    assert answer.status_code == 422
    assert "1000" in answer.content.decode()
    assert reconcile().received == 0


@pytest.mark.parametrize("mode", ["cloudevents-batch", "cloudevents"])
def test_media_types_of_cloudevents(client, mode):
    content = [make_event()] if mode == "cloudevents-batch" else make_event()

    assert _results(_post(client, content, f"application/{mode}+json")) == ["accepted"]


def test_tally_of_the_day_adds_up(client):
    event = make_event()
    _post(client, [event, event, make_event(type="x")])
    _post(client, [event])

    with context.enter_association():
        tally = EventTally.objects.get()

    assert (tally.accepted, tally.duplicate, tally.rejected) == (1, 2, 1)


def test_key_of_nobody_registered_is_refused(client):
    with context.enter_association():
        person = make_person("operator", email="betrieb@verbund.example")
        _token, text = issue_token(name="X", scopes=["billing:usage:ingest"], by=actor_for(person), at=NOON)

    other = client_for(None, headers={"Authorization": f"Bearer {text}"})

    assert _post(other, [make_event()]).status_code == 403
    assert _post(client_for(None), [make_event()]).status_code == 401
