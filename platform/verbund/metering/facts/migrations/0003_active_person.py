# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sets of the people who were active on a day or in a month."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("metering_facts", "0002_append_only")]
    operations = [
        migrations.CreateModel(
            name="ActivePerson",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "span",
                        "first",
                        "person",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("span", models.CharField(max_length=5)),
                ("first", models.DateField()),
                ("person", models.BinaryField(max_length=32)),
            ],
            options={
                "db_table": "metering_activeperson",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("span__in", ["day", "month"])), name="metering_activeperson_span"
                    )
                ],
            },
        ),
    ]
