# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a report is stands in its location now."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    contracts = "Before the first release: no older program serves the same database."
    dependencies = [("defects", "0010_locations_of_reports")]

    operations = [
        migrations.AlterField(
            model_name="report",
            name="location",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.location"
            ),
        ),
        migrations.RemoveIndex(model_name="report", name="defects_report_point"),
        migrations.RemoveConstraint(model_name="report", name="defects_report_on_earth"),
        migrations.RemoveField(model_name="report", name="latitude"),
        migrations.RemoveField(model_name="report", name="longitude"),
        migrations.RemoveField(model_name="report", name="address"),
    ]
