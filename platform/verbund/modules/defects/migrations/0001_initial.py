# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables of defect reports."""

import django.db.models.deletion
import uuid
import verbund.modules.defects.states
import verbund.vault.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=80, verbose_name="Name")),
                ("description", models.CharField(blank=True, max_length=300, verbose_name="Beschreibung")),
                ("group", models.CharField(blank=True, max_length=80, verbose_name="Gruppe")),
                ("keywords", models.JSONField(default=list, verbose_name="Stichworte")),
                ("hint", models.CharField(blank=True, max_length=300, verbose_name="Hinweis bei Gefahr")),
                (
                    "working_days",
                    models.PositiveSmallIntegerField(default=15, verbose_name="Ziel in Arbeitstagen"),
                ),
                (
                    "duplicate_radius_m",
                    models.PositiveSmallIntegerField(
                        default=100, verbose_name="Umkreis für Dubletten in Metern"
                    ),
                ),
                (
                    "mailbox",
                    models.EmailField(blank=True, max_length=254, verbose_name="Zuständiges Postfach"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_active", models.BooleanField(default=True, verbose_name="nimmt Meldungen an")),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (verbund.modules.defects.states.State["UNCONFIRMED"], "unbestätigt"),
                            (verbund.modules.defects.states.State["RECEIVED"], "eingegangen"),
                            (verbund.modules.defects.states.State["IN_REVIEW"], "in Prüfung"),
                            (verbund.modules.defects.states.State["QUESTION"], "Rückfrage"),
                            (verbund.modules.defects.states.State["IN_PROGRESS"], "in Bearbeitung"),
                            (verbund.modules.defects.states.State["SCHEDULED"], "eingeplant"),
                            (verbund.modules.defects.states.State["FORWARDED"], "weitergeleitet"),
                            (verbund.modules.defects.states.State["DONE"], "erledigt"),
                            (verbund.modules.defects.states.State["NOT_REPAIRED"], "nicht umsetzbar"),
                            (verbund.modules.defects.states.State["DUPLICATE"], "schon gemeldet"),
                            (
                                verbund.modules.defects.states.State["REOPEN_REQUESTED"],
                                "Wiedereröffnung gewünscht",
                            ),
                            (verbund.modules.defects.states.State["HIDDEN"], "verworfen"),
                        ],
                        max_length=20,
                    ),
                ),
                ("state_before", models.CharField(blank=True, max_length=20)),
                ("latitude", models.FloatField()),
                ("longitude", models.FloatField()),
                ("address", models.CharField(max_length=200)),
                ("place_note", models.CharField(blank=True, max_length=300)),
                ("description", models.TextField(blank=True)),
                ("public_description", models.TextField(blank=True)),
                ("source", models.CharField(default="web", max_length=10)),
                ("submitted_at", models.DateTimeField()),
                ("received_at", models.DateTimeField(null=True)),
                ("updated_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("first_answered_at", models.DateTimeField(null=True)),
                ("answer_due_on", models.DateField(null=True)),
                ("expected_on", models.DateField(null=True)),
                ("forwarded_to", models.CharField(blank=True, max_length=200)),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="defects.category",
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duplicates",
                        to="defects.report",
                    ),
                ),
            ],
            options={
                "ordering": ["-submitted_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("content", verbund.vault.fields.EncryptedTextField()),
                ("changed_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="ReportCounter",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="confirmation",
                        serialize=False,
                        to="defects.report",
                    ),
                ),
                ("secret_hash", models.CharField(max_length=64, unique=True)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Reporter",
            fields=[
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="reporter",
                        serialize=False,
                        to="defects.report",
                    ),
                ),
                ("name", verbund.vault.fields.EncryptedTextField(default="")),
                ("email", verbund.vault.fields.EncryptedTextField(default="")),
                ("phone", verbund.vault.fields.EncryptedTextField(default="")),
                ("email_index", models.BinaryField(db_index=True, max_length=32, null=True)),
                ("has_email", models.BooleanField(default=False)),
                ("email_confirmed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="DefectsSettings",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                (
                    "mailbox",
                    models.EmailField(blank=True, max_length=254, verbose_name="Postfach für neue Meldungen"),
                ),
                (
                    "answer_working_days",
                    models.PositiveSmallIntegerField(
                        default=3, verbose_name="Erste Auskunft nach Arbeitstagen"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="defects_settings_single")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("released_at", models.DateTimeField(null=True)),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="defects.report",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="TimelineEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("SUBMITTED", "Meldung abgeschickt"),
                            ("STATE", "Stand geändert"),
                            ("ANSWER", "Auskunft"),
                            ("NOTE", "Notiz"),
                            ("ASSIGNED", "Zuständigkeit"),
                            ("RELEASED", "Freigabe"),
                            ("CATEGORY", "Kategorie geändert"),
                        ],
                        max_length=12,
                    ),
                ),
                ("is_public", models.BooleanField(default=False)),
                ("state", models.CharField(blank=True, max_length=20)),
                ("text", models.TextField(blank=True)),
                ("expected_on", models.DateField(null=True)),
                ("forwarded_to", models.CharField(blank=True, max_length=200)),
                ("author_kind", models.CharField(max_length=10)),
                ("author_id", models.CharField(blank=True, max_length=40)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="timeline",
                        to="defects.report",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["state", "-submitted_at"], name="defects_report_state"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["latitude", "longitude"], name="defects_report_point"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("duplicate_of__isnull", False), ("state", "DUPLICATE")),
                    models.Q(models.Q(("state", "DUPLICATE"), _negated=True), ("duplicate_of__isnull", True)),
                    _connector="OR",
                ),
                name="defects_report_duplicate_of",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                name="defects_report_on_earth",
            ),
        ),
    ]
