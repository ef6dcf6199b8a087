# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A member's days in one range of an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("metering", "0003_seals")]
    operations = [
        migrations.AddIndex(
            model_name="usageday",
            index=models.Index(fields=["tenant", "day"], name="metering_day_of_tenant"),
        ),
    ]
