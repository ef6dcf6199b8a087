# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Figures a cost is shared by."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="FigureSnapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("series", models.CharField(max_length=40)),
                ("reference_date", models.DateField()),
                ("census", models.CharField(blank=True, max_length=40)),
                ("source", models.CharField(max_length=300)),
                ("file_sha256", models.CharField(max_length=64)),
                ("read_at", models.DateTimeField()),
                ("read_by", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "ordering": ["series", "-reference_date", "census"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("series", "reference_date", "census"), name="billing_snapshot_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SnapshotFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ars", models.CharField(max_length=12)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("value", models.BigIntegerField()),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="billing.figuresnapshot",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("snapshot", "ars"), name="billing_figure_once"),
                    models.CheckConstraint(
                        condition=models.Q(("value__gte", 0)), name="billing_figure_not_negative"
                    ),
                ],
            },
        ),
    ]
