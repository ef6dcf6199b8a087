# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Texts, contact details, feedback on barriers."""

import verbund.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="BarrierFeedback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("received_at", models.DateTimeField()),
                ("address", models.CharField(blank=True, max_length=500)),
                ("message", verbund.vault.fields.EncryptedTextField()),
                ("name", verbund.vault.fields.EncryptedTextField(null=True)),
                ("email", verbund.vault.fields.EncryptedTextField(null=True)),
                ("handled_at", models.DateTimeField(null=True)),
                ("handled_by", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "ordering": ["-received_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("handled_at", None)),
                        fields=["received_at"],
                        name="public_barrierfeedback_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactDetails",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                (
                    "street_address",
                    models.CharField(blank=True, max_length=200, verbose_name="Straße und Hausnummer"),
                ),
                ("postal_code", models.CharField(blank=True, max_length=5, verbose_name="Postleitzahl")),
                ("town", models.CharField(blank=True, max_length=100, verbose_name="Ort")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="Telefon")),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="E-Mail-Adresse der Verwaltung"
                    ),
                ),
                (
                    "represented_by",
                    models.CharField(blank=True, max_length=200, verbose_name="Vertreten durch"),
                ),
                (
                    "data_protection_email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="E-Mail-Adresse für Datenschutz"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="public_contactdetails_single")
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalPage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("impressum", "Impressum"),
                            ("datenschutz", "Datenschutz"),
                            ("barrierefreiheit", "Erklärung zur Barrierefreiheit"),
                            ("kontakt", "Kontakt"),
                            ("leichte-sprache", "Leichte Sprache"),
                            ("gebaerdensprache", "Gebärdensprache"),
                        ],
                        max_length=20,
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("body", models.TextField(blank=True)),
                ("is_example", models.BooleanField(default=False)),
                ("written_at", models.DateTimeField()),
                ("written_by", models.CharField(blank=True, max_length=40)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("confirmed_by", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "ordering": ["kind", "-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "version"), name="public_legalpage_version")
                ],
            },
        ),
    ]
