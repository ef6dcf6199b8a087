# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files that wait to be taken over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0002_place"),
    ]

    operations = [
        migrations.CreateModel(
            name="PendingFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("purpose", models.CharField(max_length=20, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("content", models.BinaryField()),
                ("uploaded_at", models.DateTimeField()),
            ],
        ),
    ]
