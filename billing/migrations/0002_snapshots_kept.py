# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Published figures that costs are shared by are only added, a publication in one go; the database keeps it so for everybody."""

from django.db import migrations

FORWARD = r"""
CREATE TRIGGER billing_figuresnapshot_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON billing_figuresnapshot
  FOR EACH STATEMENT EXECUTE FUNCTION billing_only_added();
CREATE TRIGGER billing_snapshotfigure_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON billing_snapshotfigure
  FOR EACH STATEMENT EXECUTE FUNCTION billing_only_added();
CREATE TRIGGER billing_snapshotfigure_added AFTER INSERT ON billing_snapshotfigure
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION billing_parts_at_once('snapshot_id');
DO $do$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON billing_figuresnapshot, billing_snapshotfigure FROM %I',
    current_schema());
END
$do$;
"""
BACKWARD = """
DROP TRIGGER billing_figuresnapshot_kept ON billing_figuresnapshot;
DROP TRIGGER billing_snapshotfigure_kept ON billing_snapshotfigure;
DROP TRIGGER billing_snapshotfigure_added ON billing_snapshotfigure;
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial"), ("billing_receivables", "0002_protection")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
