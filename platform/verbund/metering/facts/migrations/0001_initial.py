# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of counted facts."""

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Fact",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("meter", models.CharField(max_length=64)),
                ("quantity", models.BigIntegerField()),
                ("occurred_at", models.DateTimeField()),
                ("dimensions", models.JSONField(default=dict)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("pushed_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "metering_fact",
                "indexes": [
                    models.Index(
                        condition=models.Q(("pushed_at__isnull", True)),
                        fields=["id"],
                        name="metering_fact_unpushed",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="metering_fact_positive"
                    )
                ],
            },
        ),
    ]
