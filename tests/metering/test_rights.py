# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the database itself refuses, whatever the application tries."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.factories.metering import NOON, counted, make_batch
from verbund.kernel import context
from verbund.metering import api, ledger, pusher

TABLES = (
    "metering_usagebatch",
    "metering_usagecounter",
    "metering_usagearrival",
    "metering_usageday",
    "metering_usagestale",
    "metering_usagebacklog",
    "metering_usagelate",
    "metering_usageseal",
)


def _refused(statement):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement",
    ["SELECT * FROM {}", "DELETE FROM {}", "INSERT INTO {} DEFAULT VALUES", "LOCK {}", "TRUNCATE {}"],
)
def test_municipality_has_no_right_in_the_association(in_heideblick, table, statement):
    ledger.receive([make_batch()])

    _refused(statement.format(f"association.{table}"))


def test_municipality_sees_no_ledger_in_its_path(in_heideblick):
    with (
        pytest.raises(ProgrammingError, match="does not exist"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM metering_usagecounter")


def test_municipality_cannot_read_the_facts_of_its_neighbour(lamps, in_heideblick, luckau):
    _refused(f"SELECT * FROM {luckau.key}.metering_fact")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM metering_fact",
        "UPDATE metering_fact SET quantity = 1",
        "UPDATE metering_fact SET meter = 'x', pushed_at = NULL",
        "TRUNCATE metering_fact",
        "ALTER TABLE metering_fact ADD COLUMN x int",
    ],
)
def test_facts_cannot_be_rewritten(lamps, in_heideblick, statement):
    api.record(lamps, at=NOON)

    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM metering_usagebatch",
        "UPDATE metering_usagebatch SET n = 0",
        "TRUNCATE metering_usagebatch",
        "DELETE FROM metering_usageseal",
        "UPDATE metering_usageseal SET n = 0",
        "TRUNCATE metering_usageseal",
        "DELETE FROM metering_usagelate",
        "UPDATE metering_usagelate SET quantity = 0",
        "TRUNCATE metering_usagelate",
    ],
)
def test_what_was_received_and_sealed_cannot_be_forgotten(in_association, statement):
    ledger.receive([make_batch()])

    _refused(statement)


def test_counting_from_a_municipality_goes_through_the_association_context(lamps, in_heideblick):
    api.record(lamps, at=NOON)
    pusher.push()

    assert context.current() == in_heideblick
    assert counted(lamps) == 1
