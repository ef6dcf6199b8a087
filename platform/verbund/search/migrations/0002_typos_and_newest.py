# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words by their trigrams, the newest documents at hand, and which edition of the index a row is of."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="edition",
            field=models.CharField(db_default="", default="", max_length=12),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["is_public", "-at", "-id"], name="search_document_newest"),
        ),
        migrations.AddField(
            model_name="word",
            name="folded",
            field=models.CharField(db_default="", default="", max_length=120),
        ),
        migrations.AddIndex(
            model_name="word",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["folded"], name="search_word_trigrams", opclasses=["gin_trgm_ops"]
            ),
        ),
    ]
