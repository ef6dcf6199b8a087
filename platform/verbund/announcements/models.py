# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is announced, in the association's schema."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    NEWS = "NEWS", _("Neuigkeit")
    MAINTENANCE = "MAINTENANCE", _("Wartung")


class Announcement(models.Model):
    """Shown from a moment until another. ``tenants`` are numbers of members; none: all, also those who join later."""

    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=120)
    body = models.TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    tenants = models.JSONField(default=list)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=40, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["ends_at"], name="announcements_ends_at")]

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def is_maintenance(self) -> bool:
        return self.kind == Kind.MAINTENANCE

    def is_shown(self, at: datetime) -> bool:
        return self.withdrawn_at is None and self.starts_at <= at < self.ends_at

    def is_for(self, number: int) -> bool:
        return not self.tenants or number in self.tenants
