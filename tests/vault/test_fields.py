# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The encrypted field: what stands in the column, what comes out, and what it refuses to be asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, models
from django.db.migrations.writer import MigrationWriter
from django.db.models.functions import Lower

from tenants.models import OnboardingRequest
from verbund.kernel import context
from verbund.kernel.context import Scope
from verbund.vault import process
from verbund.vault.errors import Unreadable, VaultSealed
from verbund.vault.fields import EncryptedTextField
from verbund.vault.memory import MemoryStore
from verbund.vault.process import Holdings

COLUMN = "tenants.onboardingrequest.admin_email"


@pytest.fixture
def request_row(
    memory: MemoryStore, heideblick: Scope, retire_keys: Callable[[Scope], None], in_association: Scope
) -> OnboardingRequest:
    retire_keys(context.ASSOCIATION)
    row = OnboardingRequest.objects.defer("admin_email").get(tenant_id=heideblick.number)
    row.admin_email = "ada@heideblick.example"
    row.save(update_fields=["admin_email"])
    return row


def stored(row: OnboardingRequest) -> bytes | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT admin_email FROM tenants_onboardingrequest WHERE id = %s", [row.pk])
        value = cursor.fetchone()[0]
        return None if value is None else bytes(value)


def test_the_database_holds_no_clear_text(request_row: OnboardingRequest) -> None:
    data = stored(request_row)

    assert data is not None
    assert data[0] == 1
    assert b"ada" not in data


def test_reads_back_by_every_way_of_reading(request_row: OnboardingRequest) -> None:
    rows = OnboardingRequest.objects.filter(pk=request_row.pk)

    assert rows.get().admin_email == "ada@heideblick.example"
    assert rows.values_list("admin_email", flat=True).get() == "ada@heideblick.example"
    assert rows.annotate(copy=models.F("admin_email")).values("copy").get() == {
        "copy": "ada@heideblick.example"
    }


@pytest.mark.parametrize("text", ["", "Grüße 🏛", "x" * 10_000, None])
def test_update_and_bulk_update_encrypt_too(request_row: OnboardingRequest, text: str | None) -> None:
    rows = OnboardingRequest.objects.filter(pk=request_row.pk)
    rows.update(admin_email=text)
    assert rows.get().admin_email == text
    assert (stored(request_row) is None) == (text is None)

    request_row.admin_email = "grace@heideblick.example"
    OnboardingRequest.objects.bulk_update([request_row], ["admin_email"])
    assert rows.get().admin_email == "grace@heideblick.example"
    assert b"grace" not in (stored(request_row) or b"")


def test_unread_columns_need_no_key(request_row: OnboardingRequest, memory: MemoryStore) -> None:
    process.use(Holdings(own=memory, rules=memory, municipal=lambda _key: memory))
    memory.is_sealed = True

    assert OnboardingRequest.objects.filter(pk=request_row.pk).values_list("requested_by").get()
    assert OnboardingRequest.objects.defer("admin_email").get(pk=request_row.pk)
    with pytest.raises(VaultSealed):
        OnboardingRequest.objects.get(pk=request_row.pk)


def test_a_ciphertext_from_another_column_does_not_open(request_row: OnboardingRequest) -> None:
    field = EncryptedTextField(purpose="accounts.person.email")
    foreign = field.get_db_prep_value("ada", connection)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tenants_onboardingrequest SET admin_email = %s WHERE id = %s", [foreign, request_row.pk]
        )

    with pytest.raises(Unreadable):
        OnboardingRequest.objects.get(pk=request_row.pk)


@pytest.mark.parametrize(
    "question",
    [
        {"admin_email": "ada"},
        {"admin_email__exact": "ada"},
        {"admin_email__iexact": "ada"},
        {"admin_email__contains": "ada"},
        {"admin_email__in": ["ada"]},
        {"admin_email__gt": "a"},
        {"admin_email__regex": "."},
        {"admin_email__length": 3},
    ],
)
def test_only_isnull_may_be_asked(question: dict[str, object]) -> None:
    with pytest.raises(FieldError):
        OnboardingRequest.objects.filter(**question)


def test_isnull_may_be_asked(request_row: OnboardingRequest) -> None:
    rows = OnboardingRequest.objects.filter(pk=request_row.pk)

    assert rows.filter(admin_email__isnull=False).count() == 1
    assert rows.filter(admin_email__isnull=True).count() == 0


def test_purpose_names_the_column_and_may_be_given() -> None:
    field = OnboardingRequest._meta.get_field("admin_email")

    assert field.purpose == COLUMN
    assert EncryptedTextField(purpose="old.model.field").purpose == "old.model.field"


def test_deconstructs_into_a_migration() -> None:
    field = EncryptedTextField(max_length=80, null=True, purpose="old.model.field")
    field.set_attributes_from_name("email")
    name, path, args, kwargs = field.deconstruct()

    assert (name, path, args) == ("email", "verbund.vault.fields.EncryptedTextField", [])
    assert kwargs == {"max_length": 80, "null": True, "purpose": "old.model.field"}
    assert "EncryptedTextField" in MigrationWriter.serialize(field)[0]
    assert "purpose" not in EncryptedTextField().deconstruct()[3]


@pytest.mark.parametrize("option", ["primary_key", "unique", "db_index"])
def test_options_without_meaning_are_an_error(option: str) -> None:
    field = EncryptedTextField(**{option: True})
    field.set_attributes_from_name("email")
    field.model = OnboardingRequest

    assert "vault.E001" in [message.id for message in field.check()]


def test_length_is_validated() -> None:
    field = EncryptedTextField(max_length=3)

    assert field.clean("Ada", None) == "Ada"
    with pytest.raises(ValidationError):
        field.clean("Adas", None)
    assert field.formfield().max_length == 3


def test_sorting_by_a_function_of_it_fails_closed(request_row: OnboardingRequest) -> None:
    """PostgreSQL has no lower(bytea): nobody gets a wrong answer."""
    with pytest.raises(Exception, match="lower"):
        list(OnboardingRequest.objects.annotate(low=Lower("admin_email")).values("low"))
