# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is booked, exported or collected stays, whoever asks the database: the application's role, or somebody with all rights."""

from __future__ import annotations

from datetime import UTC, date, datetime

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from billing.collection.collecting import collect
from billing.collection.mandates import enter_mandate, set_creditor
from billing.collection.models import Collection, Mandate
from billing.population import read_population
from billing.postings.exporting import export
from billing.receivables.models import Payment
from billing.receivables.payments import assign, take_payments
from tests.factories.billing import population_file
from tests.factories.receivables import OCTOBER, give_accounts, take
from verbund.kernel import context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import ASSOCIATION
from verbund.vault.keyring import add_version
from verbund.vault.models import Kind
from verbund.vault.reencryption import reencrypt, remaining

AT = datetime(2026, 12, 10, 9, tzinfo=UTC)
IBAN, IDENTIFIER = "DE89370400440532013000", "DE98ZZZ09999999999"
STATEMENT = b"Buchungstag;Betrag;Verwendungszweck\n09.12.2026;1,00;Abschlag\n10.12.2026;2,00;Rest\n"
# The columns the application may write to, of tables whose rows stay. `id` is for locks only: a trigger refuses its change.
MAY_CHANGE = {
    "billing_figuresnapshot": set(),
    "billing_snapshotfigure": set(),
    "billing_receivables_item": {"id"},
    "billing_receivables_itemline": set(),
    "billing_receivables_payment": {"payer", "text"},
    "billing_receivables_clearing": {"withdrawn_at"},
    "billing_postings_postingbatch": set(),
    "billing_postings_posteditem": set(),
    "billing_collection_creditor": set(),
    "billing_collection_mandate": {"ended_on", "iban"},
    "billing_collection_collection": {"content"},
    "billing_collection_collecteditem": {"returned_at"},
}
# Settings and work under way: what counts of them is copied into what stays.
EDITED = {
    "billing_ingest_eventtally",
    "billing_ingest_producer",
    "billing_ingest_producerkey",
    "billing_ingest_rejection",
    "billing_issuing_issuer",
    "billing_issuing_issuerun",
    "billing_issuing_recipient",
    "billing_postings_incomeaccount",
    "billing_postings_memberaccount",
    "billing_postings_profile",
}


@pytest.fixture
def booked(heideblick):
    """A document that is exported, collected and partly paid."""
    with context.enter_association():
        give_accounts(heideblick)
        population()
        set_creditor(name="Zweckverband", iban=IBAN, identifier=IDENTIFIER, by=SYSTEM, at=AT)
        enter_mandate(
            slug="heideblick", reference="M-1", scheme="CORE", signed_on=date(2026, 1, 5), holder="", iban=IBAN,
            by=SYSTEM, at=AT,
        )  # fmt: skip
        item = take(heideblick)
        take_payments(content=STATEMENT, by=SYSTEM, at=AT)
        collect(collect_on=date(2026, 12, 14), by=SYSTEM, at=AT)
        export(month=OCTOBER, profile="hkr-csv", by=SYSTEM, at=AT)
        payment = Payment.objects.get(cents=100)
        assign(payment_id=payment.pk, number=item.number, cents=100, reason="", by=SYSTEM, at=AT)
        yield item


def population() -> None:
    given = {"reference_date": date(2025, 12, 31), "census": "Zensus 2022", "source": "Statistik"}
    read_population(content=population_file(), **given, by=SYSTEM, at=AT)


def tried(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def columns_of(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}


def test_application_changes_and_deletes_nothing_of_it(booked):
    for table, columns in MAY_CHANGE.items():
        for statement in (
            f"DELETE FROM {table}",
            f"TRUNCATE {table} CASCADE",
            f"UPDATE {table} SET id = id + 1",
        ):
            with pytest.raises(DatabaseError):
                tried(statement)
        for name in columns_of(table) - columns:
            with pytest.raises(DatabaseError, match="denied"):
                tried(f"UPDATE {table} SET {name} = NULL")


def test_what_may_be_set_is_set_once(booked):
    """These get past the rights of the role: only the trigger stands in their way."""
    tried("UPDATE billing_receivables_clearing SET withdrawn_at = %s", AT)
    tried("UPDATE billing_collection_collecteditem SET returned_at = %s", AT)
    tried("UPDATE billing_collection_mandate SET ended_on = '2026-12-31'")
    for statement in (
        "UPDATE billing_receivables_clearing SET withdrawn_at = NULL",
        "UPDATE billing_receivables_clearing SET withdrawn_at = now()",
        "UPDATE billing_collection_collecteditem SET returned_at = NULL",
        "UPDATE billing_collection_mandate SET ended_on = '2027-12-31'",
        "UPDATE billing_receivables_payment SET text = ''",
        "UPDATE billing_receivables_payment SET payer = (SELECT max(text) FROM billing_receivables_payment)",
        "UPDATE billing_collection_mandate SET iban = (SELECT max(text) FROM billing_receivables_payment)",
        "UPDATE billing_collection_collection SET content = (SELECT max(text) FROM billing_receivables_payment)",
        "UPDATE billing_receivables_item SET id = id",
    ):
        with pytest.raises(DatabaseError, match="nie geändert"):
            tried(statement)


def test_renewing_the_keys_goes_on(booked):
    before = {
        "text": list(Payment.objects.order_by("pk").values_list("text", flat=True)),
        "iban": Mandate.objects.get().iban,
        "content": Collection.objects.get().content,
    }
    add_version(Kind.SEAL, at=AT)

    reencrypt(progress=lambda _said: None)

    assert remaining() == 0
    assert before == {
        "text": list(Payment.objects.order_by("pk").values_list("text", flat=True)),
        "iban": Mandate.objects.get().iban,
        "content": Collection.objects.get().content,
    }


def test_nothing_is_put_into_what_is_booked(booked):
    """Two lines that cancel each other out would move income from one account to another."""
    again = "INSERT INTO {table} ({names}) SELECT {values} FROM {table} LIMIT 1"
    for table, names, values in (
        (
            "billing_receivables_itemline",
            "item_id, position, service, cost_centre, regime, text, net_cents, tax_cents",
            "item_id, 99, service, cost_centre, regime, text, 0, 0",
        ),
        (
            "billing_snapshotfigure",
            "snapshot_id, ars, name, value",
            "snapshot_id, '999999999999', name, value",
        ),
        ("billing_postings_posteditem", "batch_id, item_id, profile", "batch_id, item_id, 'other'"),
        (
            "billing_collection_collecteditem",
            "collection_id, item_id, mandate_id, cents, returned_at",
            "collection_id, item_id, mandate_id, 1, now()",
        ),
    ):
        with pytest.raises(DatabaseError, match="nimmt nichts mehr auf"):
            tried(again.format(table=table, names=names, values=values))


def test_the_whole_is_the_sum_of_its_parts(booked):
    for table, names, values in (
        (
            "billing_receivables_item",
            "number, kind, tenant_id, month, issued_on, due_on, cents, reference, taken_at",
            "'RE-0', kind, tenant_id, month, issued_on, due_on, 1, reference, taken_at",
        ),
        (
            "billing_postings_postingbatch",
            "profile, month, filename, content, sha256, postings, cents, made_by, made_at",
            "profile, month, filename, content, sha256, postings, 1, made_by, made_at",
        ),
        (
            "billing_collection_collection",
            "message_id, scheme, collect_on, content, sha256, cents, made_by, made_at",
            "'VB-0', scheme, collect_on, content, sha256, 1, made_by, made_at",
        ),
    ):
        with pytest.raises(DatabaseError, match="ergeben nicht die Summe"):
            tried(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} LIMIT 1")


def test_triggers_stop_even_somebody_with_all_rights(in_association, services):
    dsn = psycopg.conninfo.make_conninfo(services.superuser_dsn, dbname=connection.settings_dict["NAME"])
    with psycopg.connect(dsn, autocommit=True) as admin:
        admin.execute(f'SET search_path = "{ASSOCIATION.key}"')
        for table, columns in MAY_CHANGE.items():
            statements = [f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"]
            if not columns - {"id"}:
                statements.append(f"UPDATE {table} SET id = id")
            for statement in statements:
                with pytest.raises(psycopg.DatabaseError, match="nie geändert"):
                    admin.execute(statement)


def test_every_table_of_finance_is_kept_or_named(in_association):
    """A new table is decided about: it is guarded, or it is a setting."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT relname FROM pg_class c WHERE relkind = 'r' AND relname LIKE 'billing\\_%'
            AND relnamespace = current_schema()::regnamespace
            AND NOT EXISTS (SELECT FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE t.tgrelid = c.oid
                AND p.proname = 'billing_only_added' AND t.tgenabled = 'O')
            """
        )
        assert {name for (name,) in cursor.fetchall()} == EDITED
