# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where archives, restorations, backups and departures are noted."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0003_schema_engine"),
    ]

    # Written before the rule about defaults in the database.
    contracts = "the program before can take in no members until it is replaced"

    operations = [
        migrations.AddField(
            model_name="tenant",
            name="borrowed_bodies",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="tenant",
            name="origin",
            field=models.CharField(blank=True, max_length=63),
        ),
        migrations.AddField(
            model_name="tenant",
            name="restored_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="ArchiveOrder",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("job_id", models.BigIntegerField(null=True)),
                ("receiver_pem", models.TextField(blank=True)),
                ("receiver_id", models.CharField(blank=True, max_length=40)),
                ("requested_by", models.CharField(max_length=80)),
                ("requested_at", models.DateTimeField()),
                ("size_bytes", models.BigIntegerField(null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("data_sha256", models.CharField(blank=True, max_length=64)),
                ("rows", models.BigIntegerField(null=True)),
                ("files", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
                ("downloaded_at", models.DateTimeField(null=True)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="archive_orders",
                        to="tenants.tenant",
                    ),
                ),
            ],
            options={
                "ordering": ["-requested_at"],
            },
        ),
        migrations.CreateModel(
            name="Departure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                ("hosts", models.JSONField(default=list)),
                ("reason", models.CharField(max_length=500)),
                ("requested_by", models.CharField(max_length=80)),
                ("requested_at", models.DateTimeField()),
                ("receiver_pem", models.TextField(blank=True)),
                ("drop_after", models.DateTimeField(null=True)),
                ("done", models.JSONField(default=dict)),
                ("finished_at", models.DateTimeField(null=True)),
                ("record_pdf", models.BinaryField(null=True)),
                ("record_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "archive",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.archiveorder",
                    ),
                ),
                (
                    "tenant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="departure",
                        to="tenants.tenant",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Restoration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("job_id", models.BigIntegerField()),
                ("path", models.TextField()),
                ("data_sha256", models.CharField(max_length=64)),
                ("source", models.JSONField()),
                ("requested_at", models.DateTimeField()),
                (
                    "tenant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="restoration",
                        to="tenants.tenant",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BackupRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("BACKUP", "Sicherung"), ("TRIAL", "Probe-Wiederherstellung")], max_length=8
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField()),
                ("is_ok", models.BooleanField()),
                ("message", models.TextField(blank=True)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("size_bytes", models.BigIntegerField(null=True)),
                ("data_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="backup_runs",
                        to="tenants.tenant",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["tenant", "kind", "finished_at"], name="tenants_backup_latest")
                ],
            },
        ),
    ]
