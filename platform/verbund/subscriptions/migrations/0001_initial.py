# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Subscriptions, what happened, and who is to be told."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import verbund.places.boxes
import verbund.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Happening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topic", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=60)),
                ("is_new", models.BooleanField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", verbund.vault.fields.EncryptedTextField()),
                ("email_index", models.BinaryField(db_index=True, max_length=32)),
                ("address", verbund.vault.fields.EncryptedTextField(default="")),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                ("radius_m", models.PositiveIntegerField(null=True)),
                ("box", verbund.places.boxes.BoxField(null=True)),
                ("topics", models.JSONField(default=list)),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("at_once", "sofort, wenn es etwas Neues gibt"),
                            ("weekly", "einmal in der Woche, am Montagmorgen"),
                        ],
                        max_length=10,
                    ),
                ),
                ("secret", verbund.vault.fields.EncryptedTextField()),
                ("secret_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("paused_at", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "Abonnement",
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(fields=["box"], name="subscriptions_box")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("rhythm__in", ["at_once", "weekly"])), name="subscriptions_rhythm"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("box", None), ("latitude", None), ("longitude", None), ("radius_m", None)
                            ),
                            models.Q(
                                ("box__isnull", False),
                                ("latitude__isnull", False),
                                ("longitude__isnull", False),
                                ("radius_m__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="subscriptions_area",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topic", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=60)),
                ("is_new", models.BooleanField()),
                ("at", models.DateTimeField()),
                (
                    "subscription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="subscriptions.subscription",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subscription", "topic", "key"), name="subscriptions_notice_once"
                    )
                ],
            },
        ),
    ]
