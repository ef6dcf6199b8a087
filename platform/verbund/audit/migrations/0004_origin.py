# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A chain keeps its name when it moves: restored from an archive, its days begin with the origin's name.

The row is the owner's to write; without one a chain is named after its schema.
"""

from django.db import migrations, models

_GENESIS = "    NEW.previous_hash := encode(sha256(convert_to(\n"
_LOOK_UP = "    EXECUTE format('SELECT name FROM %I.audit_origin', TG_TABLE_SCHEMA) INTO chain_name;\n"
_OWN = "'verbund.audit.1|' || TG_TABLE_SCHEMA || '|'"
_KEPT = "'verbund.audit.1|' || coalesce(chain_name, TG_TABLE_SCHEMA) || '|'"
_DECLARED = "  last_hash text;\n"

FORWARD = f"""
DO $do$
DECLARE
  body text := pg_get_functiondef((current_schema() || '.audit_link')::regproc);
BEGIN
  body := replace(body, $part${_GENESIS}$part$, $part${_LOOK_UP}{_GENESIS}$part$);
  body := replace(body, $part${_OWN}$part$, $part${_KEPT}$part$);
  EXECUTE replace(body, $part${_DECLARED}$part$, $part${_DECLARED}  chain_name text;
$part$);
  EXECUTE format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON audit_origin FROM %I', current_schema());
END
$do$;
"""

BACKWARD = f"""
DO $do$
DECLARE
  body text := pg_get_functiondef((current_schema() || '.audit_link')::regproc);
BEGIN
  body := replace(body, $part${_LOOK_UP}$part$, '');
  body := replace(body, $part${_KEPT}$part$, $part${_OWN}$part$);
  EXECUTE replace(body, $part$  chain_name text;
$part$, '');
END
$do$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_whole_rows")]
    operations = [
        migrations.CreateModel(
            name="AuditOrigin",
            fields=[
                ("id", models.BigIntegerField(default=1, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=63)),
            ],
            options={
                "db_table": "audit_origin",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="audit_origin_single")
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
