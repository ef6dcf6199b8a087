# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Boundaries and addresses."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Boundary",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ags",
                    models.CharField(max_length=8, unique=True, verbose_name="Amtlicher Gemeindeschlüssel"),
                ),
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                ("wkb", models.BinaryField(verbose_name="Umriss (WKB)")),
                ("min_lon", models.FloatField()),
                ("min_lat", models.FloatField()),
                ("max_lon", models.FloatField()),
                ("max_lat", models.FloatField()),
                ("source", models.CharField(max_length=200, verbose_name="Quellenvermerk")),
            ],
            options={
                "verbose_name": "Gemeindegrenze",
                "ordering": ["ags"],
            },
        ),
        migrations.CreateModel(
            name="Address",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("street", models.CharField(max_length=120, verbose_name="Straße")),
                ("house_number", models.CharField(max_length=12, verbose_name="Hausnummer")),
                ("postal_code", models.CharField(max_length=5, verbose_name="Postleitzahl")),
                ("place", models.CharField(max_length=120, verbose_name="Ort")),
                ("lat", models.FloatField(verbose_name="Breite")),
                ("lon", models.FloatField(verbose_name="Länge")),
                ("street_sort_key", models.CharField(editable=False, max_length=400)),
                ("number_sort_key", models.CharField(editable=False, max_length=24)),
                ("is_demo", models.BooleanField(default=False, verbose_name="Beispiel")),
            ],
            options={
                "verbose_name": "Adresse",
                "ordering": ["street_sort_key", "place", "number_sort_key", "pk"],
                "indexes": [
                    models.Index(
                        fields=["street_sort_key", "number_sort_key"],
                        name="places_address_street",
                        opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
                    ),
                    models.Index(fields=["lat", "lon"], name="places_address_position"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("street", "house_number", "postal_code", "place"),
                        name="places_address_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lat__gte", -90), ("lat__lte", 90), ("lon__gte", -180), ("lon__lte", 180)
                        ),
                        name="places_address_on_earth",
                    ),
                ],
            },
        ),
    ]
