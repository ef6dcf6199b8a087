# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Usage by member and month, by day, and as a file."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.factories.metering import NOON, use
from tests.factories.sessions import signed_in
from verbund.kernel import clock, context
from verbund.metering.models import UsageBacklog

MONTH = "?monat=2026-11"


@pytest.fixture
def used(heideblick, luckau):
    use(heideblick, "defects.reports", 7)
    use(heideblick, "defects.reports", 5, datetime(2026, 10, 3, 9, tzinfo=UTC))
    use(luckau, "defects.reports", 1234)
    use(heideblick, "egress.bytes", 2_500_000)
    use(0, "http.requests", 3)


def cells(page, name):
    rows = {row.name: row for row in page.context["table"].rows}
    columns = [column.meter for column in page.context["table"].columns]
    return {meter: (cell.text, cell.previous) for meter, cell in zip(columns, rows[name].cells, strict=True)}


def test_month_shows_every_member_the_month_before_and_sums(used):
    page = signed_in("finance").get(f"/nutzung/{MONTH}")

    assert cells(page, "Heideblick")["defects.reports"] == ("7", "5")
    assert cells(page, "Luckau")["defects.reports"] == ("1.234", "0")
    sums = dict(
        zip([c.meter for c in page.context["table"].columns], page.context["table"].sums, strict=True)
    )
    assert sums["defects.reports"].text == "1.241"
    assert "November 2026" in page.content.decode()


def test_technical_meters_stand_apart_in_readable_units(used):
    page = signed_in("finance").get(f"/nutzung/{MONTH}&art=technik")

    assert cells(page, "Heideblick")["egress.bytes"] == ("2,5", "0,0")
    assert cells(page, "Verband (eigene Seiten)")["http.requests"] == ("3", "0")
    assert "defects.reports" not in cells(page, "Heideblick")


def test_what_is_not_counted_yet_is_said(heideblick):
    with context.enter_association():
        UsageBacklog.objects.update_or_create(
            tenant=heideblick.number,
            defaults={"unpushed": 3, "oldest_at": clock.now(), "checked_at": clock.now()},
        )

    assert "3 Vorgänge sind noch nicht übertragen" in signed_in("finance").get("/nutzung/").content.decode()


@pytest.mark.parametrize(
    ("form", "media_type", "start"),
    [
        ("", "text/csv; charset=utf-8", b"\xef\xbb\xbfK"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("pdf", "application/pdf", b"%PDF"),
        ("json", "application/json", b"{"),
    ],
)
def test_month_is_handed_out_in_each_form(used, form, media_type, start):
    answer = signed_in("finance").get(f"/nutzung/liste/{MONTH}&form={form}")

    assert answer["Content-Type"] == media_type
    assert answer["Content-Disposition"].startswith('attachment; filename="nutzung_2026-11_')
    assert answer.getvalue().startswith(start)


def test_list_holds_the_figures_in_the_language_of_the_reader(used):
    german = signed_in("finance").get(f"/nutzung/liste/{MONTH}").getvalue().decode()
    asked = signed_in("finance").get(f"/nutzung/liste/{MONTH}", headers={"accept-language": "en"})
    english = asked.getvalue().decode()

    assert "heideblick;Heideblick;2026-11;defects.reports;Eingegangene Mängelmeldungen;Meldungen;7;" in german
    assert english.splitlines()[0].split(";")[1] == "Municipality"


def test_form_that_does_not_exist_is_refused_with_those_that_do(used):
    answer = signed_in("finance").get(f"/nutzung/liste/{MONTH}&form=doc")

    assert answer.status_code == 422
    assert "csv, xlsx, pdf, json" in answer.content.decode()


def test_days_of_one_meter_as_bars_and_numbers(used):
    page = signed_in("auditor").get(f"/nutzung/heideblick/defects.reports/{MONTH}").content.decode()

    assert f"<title>{NOON:%d.%m.%Y}: 7</title>" in page
    assert page.count("<rect") == 1, "a day without usage is no bar"
    assert "Zusammen 7 Meldungen" in page


def test_unknown_member_meter_and_month(used):
    client = signed_in("finance")

    assert client.get(f"/nutzung/gibtsnicht/defects.reports/{MONTH}").status_code == 404
    assert client.get(f"/nutzung/heideblick/gibts.nicht/{MONTH}").status_code == 404
    assert client.get("/nutzung/?monat=quatsch").status_code == 200
    assert client.get("/nutzung/verbund/http.requests/?monat=2026-11").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_number_of_queries_does_not_grow(heideblick, luckau, django_assert_num_queries, rows):
    for number in range(rows):
        use((heideblick, luckau, 0)[number], "defects.reports", 4)
    client = signed_in("finance")
    client.get(f"/nutzung/{MONTH}")

    with django_assert_num_queries(9):
        client.get(f"/nutzung/{MONTH}")
