# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What somebody does not want to see again."""

from __future__ import annotations

from django.db import models

from verbund.accounts.models import Person


class Dismissal(models.Model):
    """``announcement`` is its key in the association's schema."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    announcement = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "announcement"], name="announcements_dismissed_once"),
        ]
