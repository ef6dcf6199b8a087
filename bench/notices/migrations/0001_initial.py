# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("owner", models.CharField(max_length=63)),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("put_up_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "ordering": ["-put_up_at"],
            },
        ),
    ]
