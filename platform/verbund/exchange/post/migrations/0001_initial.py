# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Messages on their way and public keys."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("sender", models.BigIntegerField()),
                ("receiver", models.BigIntegerField()),
                ("kind", models.CharField(max_length=80)),
                ("in_reply_to", models.UUIDField(null=True)),
                ("sent_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("sealed", models.BinaryField()),
                ("signature", models.BinaryField()),
                ("sender_key", models.CharField(max_length=16)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("WAITING", "wartet"),
                            ("DELIVERED", "zugestellt"),
                            ("REFUSED", "abgewiesen"),
                            ("EXPIRED", "abgelaufen"),
                        ],
                        default="WAITING",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("last_error", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "WAITING")),
                        fields=["receiver", "next_try_at"],
                        name="exchange_post_due",
                    ),
                    models.Index(fields=["sender"], name="exchange_post_sender"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tenant", models.BigIntegerField()),
                ("key_id", models.CharField(max_length=16)),
                ("sealing", models.TextField()),
                ("signing", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "key_id"), name="exchange_post_key_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at", None)),
                        fields=("tenant",),
                        name="exchange_post_key_one_current",
                    ),
                ],
            },
        ),
    ]
