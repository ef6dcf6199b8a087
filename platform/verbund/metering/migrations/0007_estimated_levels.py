# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How many of the counted levels were estimated."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("metering", "0006_arrivals")]
    operations = [
        migrations.AddField("usagearrival", "estimated", models.BigIntegerField(default=0, db_default=0)),
    ]
