# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""An anchor: a chain had this hash at this position then."""

from __future__ import annotations

from django.db import models


class AuditAnchor(models.Model):
    """Inserted, never changed: by right of the role and by trigger, like the record itself.

    A chain that was put back to an earlier day reaches a place a second time, with another hash.
    """

    scope = models.CharField(max_length=20)
    position = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    taken_at = models.DateTimeField()

    class Meta:
        db_table = "audit_anchor"
        constraints = [
            models.UniqueConstraint(fields=["scope", "position", "hash"], name="audit_anchor_place"),
        ]
