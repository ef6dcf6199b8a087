# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A case has a timeline of its own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="TimelineEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("SUBMITTED", "Eingegangen"),
                            ("STATE", "Stand geändert"),
                            ("ANSWER", "Auskunft"),
                            ("NOTE", "Notiz"),
                            ("ASSIGNED", "Zuständigkeit"),
                            ("RELEASED", "Freigabe"),
                            ("CATEGORY", "Kategorie geändert"),
                            ("REPLY", "Antwort der meldenden Person"),
                        ],
                        max_length=12,
                    ),
                ),
                ("is_public", models.BooleanField(default=False)),
                ("state", models.CharField(blank=True, max_length=30)),
                ("text", models.TextField(blank=True)),
                ("expected_on", models.DateField(null=True)),
                ("forwarded_to", models.CharField(blank=True, max_length=200)),
                ("author_kind", models.CharField(max_length=10)),
                ("author_id", models.CharField(blank=True, max_length=40)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="timeline",
                        to="cases.case",
                    ),
                ),
            ],
            options={"ordering": ["at", "id"]},
        ),
    ]
