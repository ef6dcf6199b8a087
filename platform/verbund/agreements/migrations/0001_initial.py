# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Versions of the agreement and who has signed them."""

import django.db.models.deletion
import verbund.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20, unique=True)),
                ("published_on", models.DateField()),
                ("deadline_days", models.PositiveSmallIntegerField()),
                ("is_example", models.BooleanField(default=False)),
                ("file_id", models.UUIDField()),
                ("sha256", models.CharField(max_length=64)),
                ("size_bytes", models.PositiveIntegerField()),
                ("published_at", models.DateTimeField()),
                ("published_by", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "ordering": ["-published_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="SignedAgreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tenant", models.BigIntegerField()),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("PAPER", "unterschrieben"),
                            ("ONLINE", "online zugestimmt"),
                            ("EXAMPLE", "Beispiel"),
                        ],
                        max_length=8,
                    ),
                ),
                ("signed_on", models.DateField()),
                ("signed_by", verbund.vault.fields.EncryptedTextField()),
                ("signed_function", models.CharField(max_length=120)),
                ("file_id", models.UUIDField(null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("size_bytes", models.PositiveIntegerField(default=0)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(blank=True, max_length=80)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signed",
                        to="agreements.version",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "version"), name="agreements_signed_once")
                ],
            },
        ),
    ]
