# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One more state, master data that changes on a day, the Doctor's reports, and rules the database keeps itself."""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

# A range of one number for the AGS: an exclusion over text would need an extension.
FORWARD = """
ALTER TABLE tenants_tenant ADD CONSTRAINT tenants_tenant_key_of_number
  CHECK (schema_name = 'm_' || lpad(number::text, greatest(6, length(number::text)), '0'));
ALTER TABLE tenants_body ADD CONSTRAINT tenants_body_no_overlap
  EXCLUDE USING gist (int4range(ags::int, ags::int, '[]') WITH &&, daterange(valid_from, valid_to) WITH &&);
"""
BACKWARD = """
ALTER TABLE tenants_tenant DROP CONSTRAINT tenants_tenant_key_of_number;
ALTER TABLE tenants_body DROP CONSTRAINT tenants_body_no_overlap;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DoctorReport",
            fields=[
                (
                    "tenant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="doctor",
                        serialize=False,
                        to="tenants.tenant",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("level", models.CharField(max_length=10)),
                ("findings", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="MasterDataChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("takes_effect_on", models.DateField()),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField()),
                ("reason", models.CharField(max_length=500)),
                ("requested_at", models.DateTimeField()),
                ("requested_by", models.CharField(max_length=80)),
                ("applied_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("refusal", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["takes_effect_on", "id"],
            },
        ),
        migrations.AddField(
            model_name="host",
            name="redirects_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="tenant",
            name="state",
            field=models.CharField(
                choices=[
                    ("REQUESTED", "beantragt"),
                    ("PROVISIONING", "wird eingerichtet"),
                    ("ACTIVE", "aktiv"),
                    ("SUSPENDED", "ausgesetzt"),
                    ("LEAVING", "scheidet aus"),
                    ("ARCHIVED", "archiviert"),
                    ("FAILED", "fehlgeschlagen"),
                    ("DISCARDING", "wird verworfen"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="tenants_body_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="host",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_primary", True)), fields=("tenant",), name="tenants_host_one_primary"
            ),
        ),
        migrations.AddConstraint(
            model_name="host",
            constraint=models.CheckConstraint(
                condition=models.Q(("domain", django.db.models.functions.text.Lower("domain"))),
                name="tenants_host_lower_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="host",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_primary", False), ("redirects_until", None), _connector="OR"),
                name="tenants_host_primary_serves",
            ),
        ),
        migrations.AddField(
            model_name="masterdatachange",
            name="tenant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="tenants.tenant"
            ),
        ),
        migrations.AddConstraint(
            model_name="masterdatachange",
            constraint=models.CheckConstraint(
                condition=models.Q(("applied_at", None), ("withdrawn_at", None), _connector="OR"),
                name="tenants_change_ended_once",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
