# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""When each document was written into the index."""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("search", "0002_typos_and_newest")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="indexed_at",
            field=models.DateTimeField(db_default=Now()),
        ),
    ]
