# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where it is noted that a member was put back to an earlier day."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tenants", "0004_archive")]

    operations = [
        migrations.CreateModel(
            name="InPlaceRestoration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("job_id", models.BigIntegerField()),
                ("path", models.TextField()),
                ("reason", models.CharField(max_length=500)),
                ("requested_by", models.CharField(max_length=80)),
                ("requested_at", models.DateTimeField()),
                ("made_at", models.DateTimeField(null=True)),
                ("data_sha256", models.CharField(blank=True, max_length=64)),
                ("was_active", models.BooleanField(default=False)),
                ("begun_at", models.DateTimeField(null=True)),
                ("left", models.JSONField(default=dict)),
                ("finished_at", models.DateTimeField(null=True)),
                ("is_put_back", models.BooleanField(default=False)),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="in_place_restorations",
                        to="tenants.tenant",
                    ),
                ),
            ],
            options={"ordering": ["-requested_at"]},
        ),
    ]
