# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of anchors, insert only."""

from django.db import migrations, models

FORWARD = """
CREATE TRIGGER audit_anchor_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_anchor
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
DO $do$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON audit_anchor FROM %I', current_schema());
END
$do$;
"""
BACKWARD = "DROP TRIGGER audit_anchor_refuse ON audit_anchor;"


class Migration(migrations.Migration):
    initial = True
    dependencies = [("audit", "0003_whole_rows")]
    operations = [
        migrations.CreateModel(
            name="AuditAnchor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scope", models.CharField(max_length=20)),
                ("position", models.BigIntegerField()),
                ("hash", models.CharField(max_length=64)),
                ("taken_at", models.DateTimeField()),
            ],
            options={
                "db_table": "audit_anchor",
                "constraints": [
                    models.UniqueConstraint(fields=("scope", "position"), name="audit_anchor_position")
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
