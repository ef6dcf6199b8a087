# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Key pairs, messages sent and ids of messages taken."""

import verbund.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Received",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("sender", models.BigIntegerField()),
                ("kind", models.CharField(max_length=80)),
                ("received_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="KeyPair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key_id", models.CharField(max_length=16, unique=True)),
                ("sealing", verbund.vault.fields.EncryptedTextField()),
                ("signing", verbund.vault.fields.EncryptedTextField()),
                ("made_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at", None)),
                        fields=("retired_at",),
                        name="exchange_keypair_one_current",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Outgoing",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("receiver", models.BigIntegerField()),
                ("kind", models.CharField(max_length=80)),
                ("in_reply_to", models.UUIDField(null=True)),
                ("body", verbund.vault.fields.EncryptedTextField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("WAITING", "wartet"),
                            ("TAKEN", "unterwegs"),
                            ("DELIVERED", "zugestellt"),
                            ("UNDELIVERABLE", "nicht zustellbar"),
                            ("WITHDRAWN", "zurückgenommen"),
                        ],
                        default="WAITING",
                        max_length=14,
                    ),
                ),
                ("queued_at", models.DateTimeField()),
                ("next_try_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("posted_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_error", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["WAITING", "TAKEN"])),
                        fields=["next_try_at"],
                        name="exchange_outgoing_open",
                    )
                ],
            },
        ),
    ]
