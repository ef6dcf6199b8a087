# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Periods, holds and tombstones."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=30)),
                ("kind", models.CharField(max_length=40)),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("DISPUTE", "Rechtsstreit oder Widerspruch"),
                            ("REVIEW", "Prüfung durch Aufsicht oder Rechnungsprüfung"),
                            ("PERSON", "Antrag der betroffenen Person (Art. 18 DSGVO)"),
                            ("DAMAGE", "Schaden oder Haftung noch offen"),
                        ],
                        max_length=10,
                    ),
                ),
                ("until_on", models.DateField()),
                ("placed_at", models.DateTimeField()),
                ("placed_by", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "ordering": ["until_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("reference",), name="privacy_hold_reference")
                ],
            },
        ),
        migrations.CreateModel(
            name="Period",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=40)),
                ("months", models.PositiveSmallIntegerField()),
                ("months_before", models.PositiveSmallIntegerField()),
                ("shorter_from", models.DateTimeField(null=True)),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("slug",), name="privacy_period_slug")],
            },
        ),
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=60)),
                ("months", models.PositiveSmallIntegerField()),
                ("closed_at", models.DateTimeField()),
                ("deleted_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-deleted_at", "-pk"],
                "indexes": [models.Index(fields=["slug", "-deleted_at"], name="privacy_tombstone_latest")],
            },
        ),
    ]
