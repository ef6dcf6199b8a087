# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A case may have a day of its own, and links."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_timelineentry"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="own_due_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="usual_due_on",
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name="timelineentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("SUBMITTED", "Eingegangen"),
                    ("STATE", "Stand geändert"),
                    ("ANSWER", "Auskunft"),
                    ("NOTE", "Notiz"),
                    ("ASSIGNED", "Zuständigkeit"),
                    ("RELEASED", "Freigabe"),
                    ("CATEGORY", "Kategorie geändert"),
                    ("REPLY", "Antwort der meldenden Person"),
                    ("DEADLINE", "Frist geändert"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("RELATED", "Gehört zusammen mit"),
                            ("DUPLICATE", "Dasselbe wie"),
                            ("FOLLOWS", "Folgt aus"),
                            ("PART", "Teil von"),
                        ],
                        max_length=12,
                    ),
                ),
                ("from_kind", models.CharField(max_length=40)),
                ("from_key", models.CharField(max_length=40)),
                ("to_kind", models.CharField(max_length=40)),
                ("to_key", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["to_kind", "to_key"], name="cases_link_back")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("from_kind", "from_key", "to_kind", "to_key", "relation"),
                        name="cases_link_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_key", models.F("to_key")),
                            ("from_kind", models.F("to_kind")),
                            _negated=True,
                        ),
                        name="cases_link_two_ends",
                    ),
                ],
            },
        ),
    ]
