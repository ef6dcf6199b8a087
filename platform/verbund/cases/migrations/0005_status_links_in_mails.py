# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which links somebody asked for: those of our own mails do not count to what one may ask for in a day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_usual_deadlines")]

    operations = [
        migrations.AddField(
            model_name="statuslink",
            name="was_asked_for",
            field=models.BooleanField(db_default=True, default=True),
        ),
    ]
