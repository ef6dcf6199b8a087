# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Requests of single persons for access and erasure."""

import django.db.models.deletion
import verbund.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0002_timelineentry"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ACCESS", "Auskunft (Art. 15 DSGVO)"),
                            ("ERASURE", "Löschung (Art. 17 DSGVO)"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("OPEN", "offen"),
                            ("ANSWERED", "Auskunft erteilt"),
                            ("ERASED", "gelöscht"),
                            ("DECLINED", "abgelehnt"),
                        ],
                        default="OPEN",
                        max_length=10,
                    ),
                ),
                ("email", verbund.vault.fields.EncryptedTextField(null=True)),
                ("email_index", models.BinaryField(db_index=True, max_length=32)),
                ("received_on", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "identity",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "MAIL",
                                "Antrag kam von dieser E-Mail-Adresse, Rückfrage dorthin wurde beantwortet",
                            ),
                            ("IN_PERSON", "Ausweis vor Ort vorgelegt"),
                            ("POST", "Brief an die bekannte Anschrift wurde beantwortet"),
                            ("KNOWN", "Person ist der Verwaltung bekannt"),
                        ],
                        max_length=10,
                    ),
                ),
                ("identity_checked_at", models.DateTimeField(null=True)),
                ("identity_checked_by", models.CharField(blank=True, max_length=40)),
                (
                    "declined",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("IDENTITY", "Identität nicht nachgewiesen (Art. 12 Abs. 6 DSGVO)"),
                            ("WITHDRAWN", "Antrag zurückgenommen"),
                            ("EXCESSIVE", "offenkundig unbegründet oder zu häufig (Art. 12 Abs. 5 DSGVO)"),
                        ],
                        max_length=10,
                    ),
                ),
                ("outcome", models.JSONField(default=dict)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.CharField(blank=True, max_length=40)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
            },
        ),
    ]
