# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The timeline of a report stands in its case now."""

from django.db import migrations


class Migration(migrations.Migration):
    contracts = "Before the first release: no older program serves the same database."
    dependencies = [("defects", "0005_timeline_of_cases")]

    operations = [migrations.DeleteModel(name="TimelineEntry")]
