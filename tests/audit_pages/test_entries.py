# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of the audit record on both hosts."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.factories.sessions import signed_in
from verbund.audit import api as audit
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM, Actor
from verbund.kernel.context import ASSOCIATION

STAFF, CONSOLE = "/verwaltung/protokoll/", "/protokoll/"


def recorded(
    municipality, number: int = 1, *, by: Actor = SYSTEM, action: str = "tests.thing.done", **fields
):
    with context.enter(municipality):
        for position in range(number):
            with transaction.atomic():
                audit.record(
                    action=action, subject=f"tests.thing:{position}", by=by, at=clock.now(), **fields
                )


def test_administrator_sees_who_did_what(heideblick):
    client = signed_in("administrator", heideblick, name="Ada Amtmann")
    recorded(
        heideblick,
        by=Actor(kind="person", id=str(client.person.pk), role="administrator"),
        changes={"state": ["OPEN", "DONE"], "secret": None, "flag": True},
        reason="Auf Wunsch",
    )

    page = client.get(f"{STAFF}?aktion=tests.").content.decode()

    assert "Ada Amtmann" in page
    assert "flag: ja, state: OPEN → DONE, secret" in page
    assert "Auf Wunsch" in page


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("aktion=tests.", 3),
        ("aktion=tests.thing.done", 2),
        ("aktion=tests.&wer=citizen", 1),
        ("aktion=tests.&objekt=tests.thing:1", 1),
        ("aktion=tests.&von=01.01.2020&bis=02.01.2020", 0),
        ("aktion=tests.&von=01.01.2020", 3),
        ("aktion=tests.&von=quatsch", 3),
        ("aktion=tests.&von=01.01.0001&bis=31.12.9999", 3),
        ("aktion=tests.&von=31.12.9999&bis=31.12.9999", 0),
    ],
)
def test_filter(heideblick, query, number):
    recorded(heideblick, 2)
    recorded(heideblick, 1, action="tests.other.done", by=Actor(kind="citizen"))

    page = signed_in("administrator", heideblick).get(f"{STAFF}?{query}")

    assert len(page.context["rows"]) == number


def test_wrong_period_is_said_at_its_field(heideblick):
    page = (
        signed_in("administrator", heideblick).get(f"{STAFF}?von=02.01.2026&bis=01.01.2026").content.decode()
    )

    assert "„Bis“ liegt vor „Von“." in page


def test_file_holds_what_the_filter_finds(heideblick):
    recorded(heideblick, 2, changes={"formula": "=1+1"})

    answer = signed_in("administrator", heideblick).get(f"{STAFF}protokoll.csv?aktion=tests.")

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").split("\r\n")
    assert answer["Content-Disposition"].startswith('attachment; filename="protokoll_heideblick_')
    assert len(lines) == 4
    assert lines[0].startswith("Zeitpunkt;Art;Kennung;Rolle")
    assert "tests.thing.done" in lines[1]


def test_state_of_the_chain_is_shown(heideblick):
    client = signed_in("administrator", heideblick)
    assert "unverändert und vollständig" in client.get(STAFF).content.decode()

    # The link is made when a transaction commits; in this test it never does.
    recorded(heideblick)

    assert "Die Kette ist gebrochen" in client.get(STAFF).content.decode()


def test_neighbours_record_stays_there(heideblick, luckau):
    recorded(luckau, 3)

    assert "tests.thing" not in signed_in("administrator", heideblick).get(STAFF).content.decode()


@pytest.mark.parametrize(("role", "status"), [("administrator", 200), ("clerk", 403), ("field_worker", 403)])
def test_who_reads_in_a_municipality(heideblick, role, status):
    client = signed_in(role, heideblick)

    assert [client.get(path).status_code for path in (STAFF, f"{STAFF}protokoll.csv")] == [status] * 2


@pytest.mark.parametrize(("role", "status"), [("auditor", 200), ("operator", 200), ("finance", 403)])
def test_who_reads_in_the_association(db, role, status):
    client = signed_in(role, ASSOCIATION)

    assert [client.get(path).status_code for path in (CONSOLE, f"{CONSOLE}protokoll.csv")] == [status] * 2


@pytest.mark.parametrize("rows", [1, 3])
def test_number_of_queries_does_not_grow(heideblick, django_assert_num_queries, rows):
    recorded(heideblick, rows)
    client = signed_in("administrator", heideblick)
    client.get(STAFF)

    with django_assert_num_queries(QUERIES):
        client.get(f"{STAFF}?aktion=tests.")


QUERIES = 14


def test_file_of_the_association_is_streamed_in_its_scope(db):
    client = signed_in("auditor", ASSOCIATION)
    client.get(CONSOLE)

    answer = client.get(f"{CONSOLE}protokoll.csv")

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("Zeitpunkt;Art;Kennung;Rolle")
    assert len(lines) > 2
