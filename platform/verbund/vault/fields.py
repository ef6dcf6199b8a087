# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A model field whose value only the application can read, not whoever copies the database.

Keep what identifies a person in a model of its own, beside the thing it is about::

    class Report(models.Model):
        description = models.TextField()

    class Reporter(models.Model):
        report = models.OneToOneField(Report, on_delete=models.CASCADE)
        name = EncryptedTextField(blank=True)
        email = EncryptedTextField(blank=True)
        email_index = models.BinaryField(max_length=32, db_index=True)  # vault.api.blind_index

Lists of reports then decrypt nothing, need no key, and go on working while Vault is away for long.
"""

from __future__ import annotations

from typing import Any, Final

from django.core import checks, validators
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import IsNull
from django.forms import Field as FormField
from django.forms import Textarea
from typing_extensions import override

from verbund.vault.api import seal, unseal

_MEANINGLESS: Final = ("primary_key", "unique", "db_index")


class EncryptedTextField(models.Field):  # type: ignore[type-arg]  # not generic at run time
    """`str` in Python, encrypted `bytea` in the database.

    It is opened when the column is read, without a call to Vault once the scope's key is in memory, and bound
    to `app_label.model_name.field_name`: give ``purpose`` with the old name when one of these changes.
    Equal texts have different ciphertexts, so the only look-up is `isnull`; find by `vault.api.blind_index`.
    """

    description = "Encrypted text"

    def __init__(self, *args: Any, purpose: str = "", **kwargs: Any) -> None:
        self._given_purpose = purpose
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(validators.MaxLengthValidator(self.max_length))

    @property
    def purpose(self) -> str:
        """What ciphertexts of this column are bound to."""
        if self._given_purpose:
            return self._given_purpose
        options = self.model._meta  # noqa: SLF001 (Django's documented name)
        return f"{options.app_label}.{options.model_name}.{self.name}"

    @override
    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self._given_purpose:
            kwargs["purpose"] = self._given_purpose
        return name, path, args, kwargs

    @override
    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = [
            checks.Error(f"{option} has no meaning for an encrypted field.", obj=self, id="vault.E001")
            for option in _MEANINGLESS
            if getattr(self, option)
        ]
        return [*super().check(**kwargs), *found]

    @override
    def get_internal_type(self) -> str:
        return "BinaryField"

    @override
    def get_lookup(self, lookup_name: str) -> Any:
        """Nothing but `isnull`: Django raises FieldError for the rest."""
        return IsNull if lookup_name == "isnull" else None

    @override
    def get_transform(self, lookup_name: str) -> Any:
        return None

    @override
    def to_python(self, value: Any) -> str | None:
        return value if isinstance(value, str) or value is None else str(value)

    @override
    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        text = self.to_python(super().get_db_prep_value(value, connection, prepared))
        return None if text is None else seal(text, purpose=self.purpose)

    def from_db_value(
        self,
        value: bytes | memoryview | None,
        _expression: object,
        _connection: BaseDatabaseWrapper,
    ) -> str | None:
        """Open what the database gave; raises what `unseal` raises."""
        return None if value is None else unseal(bytes(value), purpose=self.purpose)

    @override
    def formfield(self, **kwargs: Any) -> FormField | None:
        kwargs = {"max_length": self.max_length, **kwargs}
        if self.max_length is None:
            kwargs.setdefault("widget", Textarea)
        return super().formfield(**kwargs)
