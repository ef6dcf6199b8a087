# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables of the ledger of usage."""

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="UsageBacklog",
            fields=[
                ("tenant", models.BigIntegerField(primary_key=True, serialize=False)),
                ("unpushed", models.BigIntegerField()),
                ("oldest_at", models.DateTimeField(null=True)),
                ("checked_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="UsageBatch",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "producer", "seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("producer", models.CharField(max_length=64)),
                ("seq", models.BigIntegerField()),
                ("n", models.BigIntegerField()),
                ("sha256", models.BinaryField(max_length=32)),
                ("received_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="UsageCounter",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "tenant",
                        "hour",
                        "meter",
                        "dimension_hash",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("tenant", models.BigIntegerField()),
                ("hour", models.DateTimeField()),
                ("meter", models.CharField(max_length=64)),
                ("dimension_hash", models.BigIntegerField()),
                ("dimensions", models.JSONField(default=dict)),
                ("quantity", models.BigIntegerField()),
                ("n", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="UsageDay",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "day",
                        "tenant",
                        "meter",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("day", models.DateField()),
                ("tenant", models.BigIntegerField()),
                ("meter", models.CharField(max_length=64)),
                ("quantity", models.BigIntegerField()),
                ("n", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="UsageStale",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "tenant", "day", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("tenant", models.BigIntegerField()),
                ("day", models.DateField()),
                ("touched", models.BigIntegerField(default=1)),
            ],
        ),
    ]
