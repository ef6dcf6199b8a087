# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Grants of support access and what the municipality demands."""

import verbund.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=verbund.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("operator", models.BigIntegerField()),
                ("operator_name", models.CharField(max_length=150)),
                ("reason", models.CharField(max_length=300)),
                ("may_change", models.BooleanField(default=False)),
                ("minutes", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("WAITING", "wartet auf Freigabe"),
                            ("OPEN", "offen"),
                            ("REFUSED", "abgelehnt"),
                            ("ENDED", "beendet"),
                        ],
                        max_length=8,
                    ),
                ),
                ("requested_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(null=True)),
                ("decided_by", models.CharField(blank=True, max_length=40)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, max_length=20)),
                ("link_hash", models.CharField(blank=True, max_length=64)),
                ("link_host", models.CharField(blank=True, max_length=253)),
                ("link_expires_at", models.DateTimeField(null=True)),
                ("session_mark", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "ordering": ["-requested_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["WAITING", "OPEN"])),
                        fields=("operator",),
                        name="support_grant_one_unfinished",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportSettings",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("needs_approval", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="support_settings_single")
                ],
            },
        ),
    ]
