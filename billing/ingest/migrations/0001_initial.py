# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Systems that report usage, their keys, and the tally of their events."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Producer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=20, unique=True)),
                ("title", models.CharField(max_length=100)),
                ("meters", models.JSONField(default=list)),
                ("tenants", models.JSONField(default=list)),
                ("registered_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ProducerKey",
            fields=[
                ("token", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "producer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keys",
                        to="billing_ingest.producer",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EventTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("accepted", models.BigIntegerField(default=0)),
                ("duplicate", models.BigIntegerField(default=0)),
                ("rejected", models.BigIntegerField(default=0)),
                (
                    "producer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing_ingest.producer",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("producer", "day"), name="billing_ingest_tally_once")
                ],
            },
        ),
    ]
