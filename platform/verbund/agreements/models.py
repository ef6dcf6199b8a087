# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Versions of the agreement and the members' signed ones, in the association's schema."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.vault.fields import EncryptedTextField

_HASH_LENGTH = 64


class Way(models.TextChoices):
    """How an agreement came about."""

    PAPER = "PAPER", _("unterschrieben")
    ONLINE = "ONLINE", _("online zugestimmt")
    EXAMPLE = "EXAMPLE", _("Beispiel")


class Version(models.Model):
    """A text of the agreement as members are asked to sign it; the PDF lies in the association's folder."""

    number = models.CharField(max_length=20, unique=True)
    published_on = models.DateField()
    deadline_days = models.PositiveSmallIntegerField()
    is_example = models.BooleanField(default=False)
    file_id = models.UUIDField()
    sha256 = models.CharField(max_length=_HASH_LENGTH)
    size_bytes = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-published_on", "-pk"]

    @property
    def due_on(self) -> date:
        """Until when members with an older version should have agreed."""
        return self.published_on + timedelta(days=self.deadline_days)


class SignedAgreement(models.Model):
    """A member's agreement to one version. ``tenant`` is its number; without a file the version's PDF is what counts."""

    tenant = models.BigIntegerField()
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="signed")
    way = models.CharField(max_length=8, choices=Way.choices)
    signed_on = models.DateField()
    signed_by = EncryptedTextField()
    signed_function = models.CharField(max_length=120)
    file_id = models.UUIDField(null=True)
    sha256 = models.CharField(max_length=_HASH_LENGTH, blank=True)
    size_bytes = models.PositiveIntegerField(default=0)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "version"], name="agreements_signed_once"),
        ]

    @property
    def way_label(self) -> str:
        return str(Way(self.way).label)
