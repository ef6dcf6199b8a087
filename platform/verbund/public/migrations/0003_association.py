# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The association has texts of its own; its name stands in no registry."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("public", "0002_cases_of_feedback")]

    operations = [
        migrations.AddField(
            model_name="contactdetails",
            name="organisation",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=200, verbose_name="Name des Verbands"
            ),
        ),
    ]
