# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The rows of the audit record and the links that chain them.

A row is written in the transaction of the change. Its link is made by the database when that transaction
commits (migration 0002), so that writers wait for each other only for that moment and cannot dead-lock.
"""

from __future__ import annotations

from django.db import models


class AuditEntry(models.Model):
    """One thing somebody did. Inserted, never changed: by right of the role and by trigger.

    ``changes`` holds names of fields and values that identify nobody. ``at`` is when it happened as the caller
    says; when it was recorded stands in the link.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=40, blank=True)
    actor_role = models.CharField(max_length=40, blank=True)
    acting_for = models.CharField(max_length=80, blank=True)
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    changes = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)
    request_id = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "audit_entry"
        indexes = [
            models.Index(fields=["at"], name="audit_entry_at"),
            models.Index(fields=["subject", "at"], name="audit_entry_subject"),
            models.Index(fields=["actor_id", "at"], name="audit_entry_actor"),
        ]


class AuditSeal(models.Model):
    """The link of one row in its schema's chain; every column but ``entry`` is filled by the database."""

    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, primary_key=True, related_name="seal")
    position = models.BigIntegerField()
    day = models.DateField()
    sealed_at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_seal"
        constraints = [models.UniqueConstraint(fields=["position"], name="audit_seal_position")]
        indexes = [models.Index(fields=["day"], name="audit_seal_day")]


class AuditOrigin(models.Model):
    """The name a chain began under, where it came out of an archive; one row at most, written by the owner."""

    id = models.BigIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=63)

    class Meta:
        db_table = "audit_origin"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_origin_single")]
