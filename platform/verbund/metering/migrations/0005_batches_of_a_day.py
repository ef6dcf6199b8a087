# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Batches are looked up by the day they came: a block range index, which costs a batch next to nothing."""

import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("metering", "0004_day_of_tenant")]

    operations = [
        migrations.AddIndex(
            model_name="usagebatch",
            index=django.contrib.postgres.indexes.BrinIndex(
                autosummarize=True, fields=["received_at"], name="metering_batch_received"
            ),
        ),
    ]
