# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Since when a mailbox is gone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("subscriptions", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="subscription",
            name="bounced_at",
            field=models.DateTimeField(null=True, db_index=True),
        ),
    ]
