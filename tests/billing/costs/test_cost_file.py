# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table of costs is taken whole or not at all, and may be read again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.costs.cost_file import take_costs
from billing.costs.cost_lines import MOST_LINES, LinesRefused, decoded, parsed
from billing.costs.cost_listing import cost_listing
from billing.costs.models import ActualCost
from tests.factories.closing import AT, NOVEMBER, OCTOBER, calculated, finance, make_books
from verbund.documents.listings.people_csv import written
from verbund.kernel import context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Invalid

HEAD = "Kostenstelle;Monat;Betrag;Beleg\n"


@pytest.fixture
def books(heideblick, luckau):
    with context.enter_association():
        yield make_books(heideblick, luckau)


def take(content, *, is_dry_run=False, by=SYSTEM):
    return take_costs(content=HEAD + content, is_dry_run=is_dry_run, by=by, at=AT)


def booked():
    return ActualCost.objects.count()


def test_lines_are_booked_and_counted_by_month(books):
    taken = take("rz;2026-11;1.234,56;ER 1\nnetz;11/2026;-10;ER 2\nrz;12.2026;0;ER 3\n")

    assert [(str(one.month), one.count, one.cents) for one in taken.months] == [
        ("2026-11-01", 2, 122_456),
        ("2026-12-01", 1, 0),
    ]
    assert (taken.count, taken.cents, taken.known) == (3, 122_456, 0)
    assert booked() == 5


def test_dry_run_says_the_same_and_books_nothing(books):
    taken = take("rz;2026-11;5,00;ER 1\n", is_dry_run=True)

    assert (taken.count, taken.cents) == (1, 500)
    assert booked() == 2


def test_same_table_again_adds_nothing(books):
    take("rz;2026-11;5,00;ER 1\n")

    again = take("rz;2026-11;5,00;ER 1\nrz;2026-11;6,00;ER 2\n")

    assert (again.known, again.count) == (1, 1)
    assert booked() == 4


def test_own_list_reads_back_as_known(books):
    content = b"".join(written(cost_listing([OCTOBER, NOVEMBER])))

    taken = take_costs(content=decoded(content), is_dry_run=False, by=SYSTEM, at=AT)

    assert (taken.known, taken.count) == (2, 0)


def test_every_wrong_line_is_named_and_nothing_is_booked(books):
    with pytest.raises(LinesRefused) as refused:
        take(
            "rz;2026-11;5,00;ER 1\n"
            "gibt-es-nicht;2026-11;5,00;ER 2\n"
            "rz;November;5.00;\n"
            "\n"
            "rz;2026-11;6,00;ER 1\n"
            "rz;2026-10;6,00;Beleg 1\n"
        )

    assert [(one.number, one.column) for one in refused.value.complaints] == [
        (3, "Kostenstelle"),
        (4, "Monat"),
        (4, "Betrag"),
        (4, "Beleg"),
        (6, "Beleg"),
        (7, "Beleg"),
    ]
    assert "4 Zeilen" in refused.value.message
    assert booked() == 2


def test_calculated_month_is_refused_at_its_line(books):
    calculated()

    with pytest.raises(LinesRefused) as refused:
        take("rz;2026-11;1,00;ER 1\nrz;2026-10;1,00;ER 2\n")

    assert [(one.number, one.column) for one in refused.value.complaints] == [(3, "Monat")]
    assert "schon berechnet" in refused.value.complaints[0].sentence
    assert booked() == 2


def test_person_who_takes_it_took_part(books):
    person = finance()

    take("rz;2026-11;1,00;ER 1\n", by=person)

    assert ActualCost.objects.get(source="ER 1").entered_by == int(person.id)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "leer"),
        (" \n", "leer"),
        ("Kostenstelle;Betrag\n", "Monat, Beleg"),
        (HEAD + "rz;2026-11;1,00;x\n" * MOST_LINES, "mehr als 2000 Zeilen"),
        (HEAD + "x" * 140_000, "nicht lesbar"),
    ],
)
def test_what_is_no_table_is_refused(books, content, said):
    with pytest.raises(Invalid) as refused:
        take_costs(content=content, is_dry_run=True, by=SYSTEM, at=AT)

    assert said in refused.value.fields["content"]


def test_tabs_and_old_windows_files_are_read(books):
    content = decoded("Kostenstelle\tMonat\tBetrag\tBeleg\nrz\t2026-11\t1,00\tPrüfung\n".encode("cp1252"))

    lines, complaints = parsed(content)

    assert [(line.source, line.cents) for line in lines] == [("Prüfung", 100)]
    assert complaints == []


def test_file_of_more_than_a_megabyte_is_refused(books):
    with pytest.raises(Invalid):
        decoded(b"x" * (1024 * 1024 + 1))


@given(st.text(max_size=300))
def test_any_text_is_parsed_or_refused(text):
    try:
        lines, complaints = parsed(HEAD + text)
    except Invalid:
        return
    assert all(line.source and line.centre for line in lines)
    assert all(complaint.number > 1 for complaint in complaints)
