# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where things of other packages are, found by their bounding box."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import verbund.places.boxes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0003_pendingfile"),
    ]

    operations = [
        migrations.CreateModel(
            name="Location",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.CharField(max_length=200, verbose_name="Lage")),
                ("box", verbund.places.boxes.BoxField()),
                (
                    "place",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                    ),
                ),
            ],
            options={
                "verbose_name": "Fundstelle",
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(fields=["box"], name="places_location_box")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("box__within", (-180.0, -90.0, 180.0, 90.0))),
                        name="places_location_on_earth",
                    )
                ],
            },
        ),
    ]
