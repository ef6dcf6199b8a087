# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which form of an invoice a member wants, and which it was given."""

from django.db import migrations, models

CHOICES = [("UBL", "XRechnung (UBL)"), ("ZUGFERD", "ZUGFeRD (PDF mit CII)")]


class Migration(migrations.Migration):
    dependencies = [("billing_issuing", "0003_issue_runs")]

    operations = [
        migrations.AddField(
            model_name=model,
            name="syntax",
            field=models.CharField(choices=CHOICES, db_default="UBL", default="UBL", max_length=7),
        )
        for model in ("recipient", "document")
    ]
