# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality follows a day of its usage to its own deliveries, and to nobody else's."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.factories.metering import make_batch, make_count
from tests.factories.sessions import signed_in
from verbund.kernel import clock
from verbund.metering import ledger

# The database says by its own clock when a batch came.
TODAY = clock.today()
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 11, tzinfo=UTC)
DAY = f"/verwaltung/nutzung/tage/defects.reports/{TODAY}/"
PROCESS = "0189a3f2-0000-7000-8000-000000000001"


def receive(municipality, meter, quantity, *, producer):
    count = make_count(tenant=municipality.number, meter=meter, quantity=quantity, hour=NOON)
    batch = make_batch(count, producer=producer)
    ledger.receive([batch])
    return batch


def test_own_facts_are_own_deliveries_and_the_neighbours_are_not(heideblick, luckau):
    mine = receive(heideblick, "defects.reports", 3, producer=heideblick.key)
    theirs = receive(luckau, "defects.reports", 50, producer=luckau.key)

    page = signed_in("administrator", heideblick).get(DAY)

    text = page.content.decode()
    assert page.context["found"].detail.quantity == 3
    assert mine.sha256.hex() in text
    assert theirs.sha256.hex() not in text


def test_shared_deliveries_are_explained_and_not_shown(heideblick, luckau):
    shared = receive(luckau, "http.requests", 50, producer=PROCESS)
    receive(heideblick, "http.requests", 3, producer=PROCESS)

    page = signed_in("administrator", heideblick).get(f"/verwaltung/nutzung/tage/http.requests/{TODAY}/")

    assert page.context["found"].detail.quantity == 3
    assert page.context["found"].batches == []
    assert shared.sha256.hex() not in page.content.decode()


def test_days_of_the_usage_page_lead_there(heideblick):
    receive(heideblick, "defects.reports", 3, producer=heideblick.key)

    page = signed_in("administrator", heideblick).get(
        f"/verwaltung/nutzung/?zaehler=defects.reports&monat={TODAY:%Y-%m}"
    )

    assert f'href="{DAY}"' in page.content.decode()


def test_no_day_and_no_meter_are_not_found(heideblick):
    client = signed_in("administrator", heideblick)

    assert client.get("/verwaltung/nutzung/tage/defects.reports/heute/").status_code == 404
    assert client.get("/verwaltung/nutzung/tage/gibt.es.nicht/2026-11-12/").status_code == 404
