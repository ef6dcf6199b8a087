# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must not be seen on a photo is blackened in a file of its own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial"), ("defects", "0007_handover")]

    operations = [
        migrations.AddField(
            model_name="reportphoto",
            name="redacted_file",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="reportphoto",
            name="boxes",
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
    ]
