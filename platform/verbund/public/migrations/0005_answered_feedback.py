# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""When feedback on barriers was answered, and with what words where there is no timeline."""

from django.db import migrations, models

import verbund.vault.fields


class Migration(migrations.Migration):
    dependencies = [("public", "0004_timeline_of_feedback")]

    operations = [
        migrations.AddField(
            model_name="barrierfeedback",
            name="answered_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="barrierfeedback",
            name="answer",
            field=verbund.vault.fields.EncryptedTextField(null=True),
        ),
    ]
