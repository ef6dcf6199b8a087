# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who ended a membership stands beside who entered it, so that both took part in its months."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("billing_costs", "0001_initial")]
    operations = [
        migrations.AddField("membership", "ended_at", models.DateTimeField(null=True)),
        migrations.AddField("membership", "ended_by", models.BigIntegerField(null=True)),
    ]
