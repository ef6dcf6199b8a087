# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a reader ends such mails, for the mail's header."""

from django.db import migrations

import verbund.vault.fields


class Migration(migrations.Migration):
    dependencies = [("notify", "0002_mailtext")]

    operations = [
        migrations.AddField(
            model_name="outbox",
            name="unsubscribe_url",
            field=verbund.vault.fields.EncryptedTextField(null=True),
        ),
    ]
