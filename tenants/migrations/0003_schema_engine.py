# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Schemas in reserve, how each member was moved, and the structure to compare with."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0002_states_and_master_data"),
    ]

    # Written before the rule about defaults in the database.
    contracts = "the program before can keep no artefacts until it is replaced"

    operations = [
        migrations.CreateModel(
            name="SpareSchema",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=63, unique=True)),
                ("fingerprint", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="schemaartefact",
            name="structure",
            field=models.TextField(blank=True),
        ),
        migrations.CreateModel(
            name="SchemaMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("target", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("DONE", "auf dem Stand"), ("FAILED", "fehlgeschlagen")], max_length=8
                    ),
                ),
                ("way", models.CharField(max_length=8)),
                ("attempt", models.PositiveIntegerField(default=1)),
                ("duration_ms", models.PositiveIntegerField(default=0)),
                ("error", models.TextField(blank=True)),
                ("changed_at", models.DateTimeField()),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="moves", to="tenants.tenant"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "target"), name="tenants_move_once")
                ],
            },
        ),
    ]
