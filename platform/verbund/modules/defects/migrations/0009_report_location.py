# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a report is stands with the other places."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0004_location"), ("defects", "0008_redacted_photos")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="location",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.location"
            ),
        ),
    ]
