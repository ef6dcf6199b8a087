# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A day of a meter: its hours, its seal, and the batches it came in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories.metering import make_batch, make_count
from tests.factories.sessions import signed_in
from verbund.kernel import clock
from verbund.kernel.context import municipality_key
from verbund.metering import ledger

# The database says by its own clock when a batch came.
TODAY = clock.today()
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 11, tzinfo=UTC)
DAY = f"/nutzung/heideblick/defects.reports/{TODAY}/"
PROCESS = "0189a3f2-0000-7000-8000-000000000001"


def receive(municipality, meter, quantity, *, producer, hour=NOON):
    ledger.receive(
        [
            make_batch(
                make_count(tenant=municipality.number, meter=meter, quantity=quantity, hour=hour),
                producer=producer,
            )
        ]
    )


def test_day_adds_its_hours_and_names_its_batches(heideblick, luckau):
    mine, other = municipality_key(heideblick.number), municipality_key(luckau.number)
    receive(heideblick, "defects.reports", 3, producer=mine)
    receive(heideblick, "defects.reports", 4, producer=mine, hour=NOON.replace(hour=8))
    receive(heideblick, "defects.reports", 9, producer=mine, hour=NOON - timedelta(days=1))
    receive(luckau, "defects.reports", 50, producer=other)

    page = signed_in("finance").get(DAY)

    assert [(hour.quantity, hour.n) for hour in page.context["detail"].hours] == [(4, 1), (3, 1)]
    assert page.context["total"] == "7"
    assert [batch.producer for batch in page.context["page"].object_list] == [mine] * 3
    batch = page.context["page"].object_list[0]
    assert bytes(batch.sha256).hex() in page.content.decode()


def test_counts_of_processes_come_in_shared_batches(heideblick):
    receive(heideblick, "http.requests", 3, producer=PROCESS)
    receive(heideblick, "defects.reports", 3, producer=municipality_key(heideblick.number))

    page = signed_in("finance").get(f"/nutzung/heideblick/http.requests/{TODAY}/")

    assert page.context["is_shared"]
    assert [batch.producer for batch in page.context["page"].object_list] == [PROCESS]


def test_days_of_the_month_lead_to_their_hours(heideblick):
    receive(heideblick, "defects.reports", 3, producer=municipality_key(heideblick.number))

    page = signed_in("finance").get(f"/nutzung/heideblick/defects.reports/?monat={TODAY:%Y-%m}")

    assert f'href="{DAY}"' in page.content.decode()


@pytest.mark.parametrize("day", ["heute", "2026-13-01", "2026-11-12T10:00"])
def test_no_day_is_not_found(heideblick, day):
    assert signed_in("finance").get(f"/nutzung/heideblick/defects.reports/{day}/").status_code == 404
