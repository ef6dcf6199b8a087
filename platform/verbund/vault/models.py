# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The data keys of one scope, wrapped by its transit key: useless without Vault."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    SEAL = "SEAL", _("Verschlüsselung")
    INDEX = "INDEX", _("Suche")


class DataKey(models.Model):
    """One version of the key that encrypts, or of the key that makes values findable.

    A retired version still opens what it sealed; rows are never deleted (the role has no right to).
    """

    kind = models.CharField(max_length=8, choices=Kind.choices)
    version = models.PositiveIntegerField()
    wrapped = models.TextField()
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="vault_datakey_version"),
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(retired_at=None), name="vault_datakey_one_current"
            ),
        ]


class SecretOnTheWay(models.Model):
    """Credentials somebody typed, sealed, until the provisioner has put them into Vault; without content it deletes them there."""

    name = models.CharField(max_length=40, unique=True)
    content = models.BinaryField(null=True)
    given_at = models.DateTimeField()
