# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The texts a municipality writes itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notify", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="MailText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=80, unique=True)),
                ("subject", models.CharField(max_length=150)),
                ("body", models.TextField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={"verbose_name": "Text einer E-Mail"},
        ),
    ]
