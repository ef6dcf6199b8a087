# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the association notes about archives, restorations, backups and departures."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

_TENANT = "tenants.Tenant"


class ArchiveOrder(models.Model):
    """An archive somebody asked for. The file is removed after its time, the row stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(_TENANT, on_delete=models.CASCADE, related_name="archive_orders")
    job_id = models.BigIntegerField(null=True)
    receiver_pem = models.TextField(blank=True)
    receiver_id = models.CharField(max_length=40, blank=True)
    requested_by = models.CharField(max_length=80)
    requested_at = models.DateTimeField()
    size_bytes = models.BigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    data_sha256 = models.CharField(max_length=64, blank=True)
    rows = models.BigIntegerField(null=True)
    files = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    downloaded_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-requested_at"]


class Restoration(models.Model):
    """Out of which archive a member's data came."""

    tenant = models.OneToOneField(_TENANT, on_delete=models.CASCADE, related_name="restoration")
    job_id = models.BigIntegerField()
    path = models.TextField()
    data_sha256 = models.CharField(max_length=64)
    source = models.JSONField()
    requested_at = models.DateTimeField()


class InPlaceRestoration(models.Model):
    """A member's data were, or are being, put back to an earlier day.

    Between ``begun_at`` and ``finished_at`` there may be no whole schema: nothing opens the member meanwhile.
    """

    tenant = models.ForeignKey(_TENANT, on_delete=models.CASCADE, related_name="in_place_restorations")
    job_id = models.BigIntegerField()
    path = models.TextField()
    reason = models.CharField(max_length=500)
    requested_by = models.CharField(max_length=80)
    requested_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    data_sha256 = models.CharField(max_length=64, blank=True)
    was_active = models.BooleanField(default=False)
    begun_at = models.DateTimeField(null=True)
    # What stood before: the end of its record, whether that held, its structure, whether it was backed up.
    left = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)
    is_put_back = models.BooleanField(default=False)

    class Meta:
        ordering = ["-requested_at"]


class BackupKind(models.TextChoices):
    BACKUP = "BACKUP", _("Sicherung")
    TRIAL = "TRIAL", _("Probe-Wiederherstellung")


class BackupRun(models.Model):
    """One nightly backup, or one trial of restoring it."""

    tenant = models.ForeignKey(_TENANT, on_delete=models.CASCADE, related_name="backup_runs")
    kind = models.CharField(max_length=8, choices=BackupKind.choices)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    is_ok = models.BooleanField()
    message = models.TextField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    size_bytes = models.BigIntegerField(null=True)
    data_sha256 = models.CharField(max_length=64, blank=True)
    # Of this very run, for whoever has just tried it; not kept.
    failure: Exception | None = None

    class Meta:
        indexes = [models.Index(fields=["tenant", "kind", "finished_at"], name="tenants_backup_latest")]


class Departure(models.Model):
    """A member that leaves or has left, and the record of its deletion."""

    tenant = models.OneToOneField(_TENANT, on_delete=models.CASCADE, related_name="departure")
    slug = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    hosts = models.JSONField(default=list)
    reason = models.CharField(max_length=500)
    requested_by = models.CharField(max_length=80)
    requested_at = models.DateTimeField()
    receiver_pem = models.TextField(blank=True)
    archive = models.ForeignKey(ArchiveOrder, on_delete=models.PROTECT, null=True, related_name="+")
    drop_after = models.DateTimeField(null=True)
    done = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)
    record_pdf = models.BinaryField(null=True)
    record_sha256 = models.CharField(max_length=64, blank=True)
