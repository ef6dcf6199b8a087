# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Places with a number, found by their bounding box."""

import django.contrib.postgres.indexes
import verbund.places.boxes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("asset", "Objekt"),
                            ("area", "Fläche"),
                            ("point", "Punkt"),
                            ("address", "Adresse"),
                        ],
                        max_length=10,
                        verbose_name="Art",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                ("category", models.CharField(blank=True, max_length=60, verbose_name="Was ist es?")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="Lage")),
                ("description", models.TextField(blank=True, max_length=2000, verbose_name="Beschreibung")),
                (
                    "internal_note",
                    models.TextField(blank=True, max_length=2000, verbose_name="Interne Notiz"),
                ),
                ("wkb", models.BinaryField(verbose_name="Geometrie (WKB)")),
                ("box", verbund.places.boxes.BoxField()),
                ("is_public", models.BooleanField(default=False, verbose_name="Öffentlich")),
                ("retired_at", models.DateTimeField(null=True, verbose_name="Stillgelegt")),
            ],
            options={
                "verbose_name": "Ort",
                "ordering": ["pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(fields=["box"], name="places_place_box")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["asset", "area", "point", "address"])),
                        name="places_place_kind",
                    )
                ],
            },
        ),
    ]
