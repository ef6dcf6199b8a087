# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Seals of days and months, and what arrives after them; the role may only add both."""

import django.contrib.postgres.indexes
import django.db.models.functions.datetime
from django.db import migrations, models


FORWARD = """
DO $do$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON metering_usageseal, metering_usagelate FROM %I', current_schema());
END
$do$;
"""
BACKWARD = """
DO $do$
BEGIN
  EXECUTE format('GRANT UPDATE, DELETE ON metering_usageseal, metering_usagelate TO %I', current_schema());
END
$do$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("metering", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="UsageLate",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "producer",
                        "seq",
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
                ("producer", models.CharField(max_length=64)),
                ("seq", models.BigIntegerField()),
                ("tenant", models.BigIntegerField()),
                ("hour", models.DateTimeField()),
                ("meter", models.CharField(max_length=64)),
                ("dimension_hash", models.BigIntegerField()),
                ("dimensions", models.JSONField(default=dict)),
                ("quantity", models.BigIntegerField()),
                ("n", models.BigIntegerField()),
                ("received_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="UsageSeal",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "kind", "first", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=5)),
                ("first", models.DateField()),
                ("rows", models.BigIntegerField()),
                ("n", models.BigIntegerField()),
                ("sums", models.JSONField(default=dict)),
                ("sha256", models.BinaryField(max_length=32)),
                ("previous", models.BinaryField(max_length=32)),
                ("value", models.BinaryField(max_length=32)),
                ("sealed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.AddIndex(
            model_name="usagecounter",
            index=django.contrib.postgres.indexes.BrinIndex(
                autosummarize=True, fields=["hour"], name="metering_counter_hour", pages_per_range=16
            ),
        ),
        migrations.AddConstraint(
            model_name="usageseal",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["day", "month"])), name="metering_usageseal_kind"
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
