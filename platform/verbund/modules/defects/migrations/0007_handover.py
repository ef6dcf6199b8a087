# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reports that go to another municipality, or come from one."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("defects", "0006_report_without_timeline"),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("message_id", models.UUIDField(unique=True)),
                ("way", models.CharField(choices=[("OUT", "abgegeben"), ("IN", "übernommen")], max_length=3)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("WAITING", "unterwegs"),
                            ("ACCEPTED", "angenommen"),
                            ("REFUSED", "nicht angenommen"),
                            ("RETURNED", "zurückgegeben"),
                            ("UNDELIVERABLE", "nicht zustellbar"),
                            ("WITHDRAWN", "zurückgenommen"),
                        ],
                        default="WAITING",
                        max_length=13,
                    ),
                ),
                ("partner", models.BigIntegerField()),
                ("partner_name", models.CharField(max_length=200)),
                ("partner_reference", models.CharField(blank=True, max_length=20)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("with_contact", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                ("leaves_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handovers",
                        to="defects.report",
                    ),
                ),
            ],
        ),
    ]
