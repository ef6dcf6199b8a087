# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The outbox."""

import uuid
import verbund.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Outbox",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=80)),
                ("reference", models.CharField(blank=True, max_length=80)),
                ("recipient", verbund.vault.fields.EncryptedTextField(null=True)),
                ("subject", verbund.vault.fields.EncryptedTextField(null=True)),
                ("text", verbund.vault.fields.EncryptedTextField(null=True)),
                ("html", verbund.vault.fields.EncryptedTextField(null=True)),
                ("message_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("QUEUED", "wartet"), ("SENT", "versendet"), ("FAILED", "nicht zustellbar")],
                        default="QUEUED",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("queued_at", models.DateTimeField()),
                ("next_try_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("last_error", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "verbose_name": "E-Mail",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "QUEUED")),
                        fields=["next_try_at"],
                        name="notify_outbox_due",
                    ),
                    models.Index(fields=["reference"], name="notify_outbox_reference"),
                ],
            },
        ),
    ]
