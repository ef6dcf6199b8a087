# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rejected events: added up by reason with an example, shown to the association and to the municipality they named."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from billing.ingest.events import BadEvent, Reporter, batch_of
from billing.ingest.models import Rejection
from billing.ingest.reasons import EXPLAINED, Reason
from billing.ingest.receiving import receive
from billing.ingest.rejected import forget_rejections
from tests.factories.ingest import make_event, make_producer
from tests.factories.metering import NOON
from tests.factories.sessions import signed_in
from verbund.kernel import context

PAGE, PROOF = "/finanzen/abgelehnt/", "/verwaltung/nutzung/nachweis/"
REPORTER = Reporter(slug="gis", meters=frozenset({"gis.tiles"}), tenants={"heideblick": 1})


@pytest.fixture
def gis(heideblick, time_machine):
    time_machine.move_to(NOON + timedelta(minutes=30))
    with context.enter_association():
        return make_producer()


def send(gis, *events):
    return [
        outcome.result for outcome in receive(list(events), producer=gis, now=NOON + timedelta(minutes=30))
    ]


def kept():
    with context.enter_association():
        return list(
            Rejection.objects.order_by("code", "meter").values_list("day", "tenant", "meter", "code", "n")
        )


def test_rejected_events_are_added_up_by_meter_and_reason(gis, heideblick):
    wrong = make_event(data={"quantity": 0})

    assert send(gis, make_event(), wrong, wrong, make_event(type="gis.secret"), "nonsense") == [
        "accepted", "rejected", "rejected", "rejected", "rejected",
    ]  # fmt: skip
    send(gis, wrong, make_event(subject="nirgends"))

    day, number = date(2026, 11, 12), heideblick.number
    assert kept() == [
        (day, 0, "", "form", 1),
        (day, number, "gis.tiles", "quantity", 3),
        (day, 0, "gis.tiles", "subject", 1),
        (day, number, "", "type", 1),
    ]


def test_identifier_used_twice_is_kept_with_its_reason(gis, heideblick):
    event = make_event()

    send(gis, event, event | {"data": {"quantity": 9}})

    assert kept() == [(date(2026, 11, 12), heideblick.number, "gis.tiles", "id_used", 1)]


def test_example_names_the_event_and_nothing_of_people(gis):
    event = make_event(
        data={"quantity": 1, "dimensions": {"name": "Erika Mustermann"}}, extra="Erika", type="x" * 900
    )

    send(gis, event)

    with context.enter_association():
        example = Rejection.objects.get().example
    assert example == {
        "id": event["id"], "source": "gis", "type": "x" * 64, "subject": "heideblick", "time": event["time"],
    }  # fmt: skip


WRONG = {
    Reason.FORM: [],
    Reason.VERSION: make_event(specversion="0.3"),
    Reason.SOURCE: make_event(source="other"),
    Reason.ID: make_event(id="7"),
    Reason.ID_AHEAD: make_event(id="0fffffff-ffff-7000-8000-000000000000"),
    Reason.DATA: make_event(data=None),
    Reason.SUBJECT: make_event(subject="luckau"),
    Reason.TYPE: make_event(type="gis.x"),
    Reason.TIME: make_event(time="gestern"),
    Reason.TIME_AHEAD: make_event(time="2199-01-01T00:00:00Z"),
    Reason.QUANTITY: make_event(data={"quantity": 1.5}),
    Reason.DIMENSIONS: make_event(data={"quantity": 1, "dimensions": ["x"]}),
}


@pytest.mark.parametrize("reason", WRONG)
def test_every_reason_is_told_apart(reason):
    with pytest.raises(BadEvent) as refusal:
        batch_of(WRONG[reason], REPORTER, now=NOON + timedelta(days=365))

    assert refusal.value.code == reason


def test_every_reason_says_what_to_do():
    assert EXPLAINED.keys() == set(Reason) == {*WRONG, Reason.ID_USED}


def test_association_sees_how_many_why_and_what_to_do(gis):
    send(gis, *[make_event(type="gis.secret")] * 3)
    with context.enter_association():
        make_producer(slug="archiv", title="Archivsystem", meters=["archiv.akten"])
    client = signed_in("finance")

    page = client.get(PAGE).content.decode()

    for text in (
        "Kartendienst",
        "Zähler nicht angemeldet",
        "verbund usage producer",
        "gis.secret",
        "Heideblick",
    ):
        assert text in page
    assert [row["row"].n for row in client.get(PAGE, {"system": "gis"}).context["rows"]] == [3]
    assert "Nichts abgelehnt" in client.get(PAGE, {"system": "archiv"}).content.decode()
    assert signed_in("operator").get(PAGE).status_code == 403


def test_nobody_reports_yet(heideblick):
    assert "Noch kein anderes System" in signed_in("finance").get(PAGE).content.decode()


def test_municipality_sees_that_everything_of_its_own_is_accounted_for(gis, heideblick, luckau):
    send(gis, make_event(), make_event(data={"quantity": 0}), make_event(subject="luckau"))
    here, there = signed_in("administrator", heideblick), signed_in("administrator", luckau)

    page = here.get(PROOF)
    own = page.context["found"]

    assert (own.received, own.counted, own.late, own.rejected, own.is_exact) == (
        1,
        1,
        0,
        {"gis.tiles": 1},
        True,
    )
    text = page.content.decode()
    assert "Die Zählung geht auf" in text
    assert "gerade eben" in text
    assert "anderes System des Verbands" in text
    assert "Dazu wurde 1 Meldung eines anderen Systems abgelehnt" in text
    assert there.get(PROOF).context["found"].rows == ()
    assert "gerade eben" in here.get("/verwaltung/nutzung/").content.decode()


def test_rejected_events_go_after_half_a_year(gis):
    send(gis, make_event(data={"quantity": 0}))

    with context.enter_association():
        assert forget_rejections(at=NOON + timedelta(days=180)) == 0
        assert forget_rejections(at=NOON + timedelta(days=181)) == 1
        assert not Rejection.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_a_fixed_number_of_queries(gis, count, django_assert_num_queries):
    send(gis, *[make_event(type="gis.x"), make_event(data=None), make_event(time="x")][:count])
    client = signed_in("finance")
    client.get(PAGE)

    with django_assert_num_queries(7):
        client.get(PAGE)
