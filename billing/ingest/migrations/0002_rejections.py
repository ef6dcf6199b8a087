# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rejected events by reason, with one example of each."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("billing_ingest", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Rejection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("tenant", models.BigIntegerField()),
                ("meter", models.CharField(blank=True, max_length=64)),
                ("code", models.CharField(max_length=20)),
                ("n", models.BigIntegerField(default=0)),
                ("example", models.JSONField(default=dict)),
                ("last_at", models.DateTimeField()),
                (
                    "producer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rejections",
                        to="billing_ingest.producer",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "day"], name="billing_rejection_of_tenant")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("producer", "day", "tenant", "meter", "code"),
                        name="billing_ingest_rejection_once",
                    )
                ],
            },
        ),
    ]
