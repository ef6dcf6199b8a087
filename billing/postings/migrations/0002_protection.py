# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files that were handed out, and which documents are in them, are only added; the database keeps it so for everybody."""

from django.db import migrations

FORWARD = r"""
CREATE TRIGGER billing_postings_postingbatch_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON billing_postings_postingbatch
  FOR EACH STATEMENT EXECUTE FUNCTION billing_only_added();
CREATE CONSTRAINT TRIGGER billing_postings_postingbatch_sum AFTER INSERT ON billing_postings_postingbatch
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION billing_parts_sum(
  'SELECT coalesce(sum(i.cents), 0) FROM %1$I.billing_postings_posteditem p'
  ' JOIN %1$I.billing_receivables_item i ON i.id = p.item_id WHERE p.batch_id = $1');
CREATE TRIGGER billing_postings_posteditem_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON billing_postings_posteditem
  FOR EACH STATEMENT EXECUTE FUNCTION billing_only_added();
CREATE TRIGGER billing_postings_posteditem_added AFTER INSERT ON billing_postings_posteditem
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION billing_parts_at_once('batch_id');
DO $do$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON billing_postings_postingbatch, billing_postings_posteditem FROM %I',
    current_schema());
END
$do$;
"""
BACKWARD = """
DROP TRIGGER billing_postings_postingbatch_kept ON billing_postings_postingbatch;
DROP TRIGGER billing_postings_postingbatch_sum ON billing_postings_postingbatch;
DROP TRIGGER billing_postings_posteditem_kept ON billing_postings_posteditem;
DROP TRIGGER billing_postings_posteditem_added ON billing_postings_posteditem;
"""


class Migration(migrations.Migration):
    dependencies = [("billing_postings", "0001_initial"), ("billing_receivables", "0002_protection")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
