# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mandates end and debits are returned, each once; all else about them stays, and the database keeps it so for everybody."""

from django.db import migrations

FORWARD = r"""
CREATE TRIGGER billing_collection_creditor_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON billing_collection_creditor
  FOR EACH STATEMENT EXECUTE FUNCTION billing_only_added();
CREATE TRIGGER billing_collection_mandate_kept BEFORE DELETE OR TRUNCATE ON billing_collection_mandate
  FOR EACH STATEMENT EXECUTE FUNCTION billing_only_added();
CREATE TRIGGER billing_collection_mandate_ended BEFORE UPDATE ON billing_collection_mandate
  FOR EACH ROW EXECUTE FUNCTION billing_changes_only('ended_on', 'iban');
CREATE TRIGGER billing_collection_collection_kept BEFORE DELETE OR TRUNCATE ON billing_collection_collection
  FOR EACH STATEMENT EXECUTE FUNCTION billing_only_added();
CREATE TRIGGER billing_collection_collection_sealed BEFORE UPDATE ON billing_collection_collection
  FOR EACH ROW EXECUTE FUNCTION billing_changes_only('', 'content');
CREATE CONSTRAINT TRIGGER billing_collection_collection_sum AFTER INSERT ON billing_collection_collection
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION billing_parts_sum(
  'SELECT coalesce(sum(cents), 0) FROM %1$I.billing_collection_collecteditem WHERE collection_id = $1');
CREATE TRIGGER billing_collection_collecteditem_kept BEFORE DELETE OR TRUNCATE ON billing_collection_collecteditem
  FOR EACH STATEMENT EXECUTE FUNCTION billing_only_added();
CREATE TRIGGER billing_collection_collecteditem_returned BEFORE UPDATE ON billing_collection_collecteditem
  FOR EACH ROW EXECUTE FUNCTION billing_changes_only('returned_at', '');
CREATE TRIGGER billing_collection_collecteditem_added AFTER INSERT ON billing_collection_collecteditem
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION billing_parts_at_once('collection_id');
DO $do$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON billing_collection_creditor, billing_collection_mandate,'
    ' billing_collection_collection, billing_collection_collecteditem FROM %I', current_schema());
  EXECUTE format('GRANT UPDATE (ended_on, iban) ON billing_collection_mandate TO %I', current_schema());
  EXECUTE format('GRANT UPDATE (content) ON billing_collection_collection TO %I', current_schema());
  EXECUTE format('GRANT UPDATE (returned_at) ON billing_collection_collecteditem TO %I', current_schema());
END
$do$;
"""
BACKWARD = """
DROP TRIGGER billing_collection_creditor_kept ON billing_collection_creditor;
DROP TRIGGER billing_collection_mandate_kept ON billing_collection_mandate;
DROP TRIGGER billing_collection_mandate_ended ON billing_collection_mandate;
DROP TRIGGER billing_collection_collection_kept ON billing_collection_collection;
DROP TRIGGER billing_collection_collection_sealed ON billing_collection_collection;
DROP TRIGGER billing_collection_collection_sum ON billing_collection_collection;
DROP TRIGGER billing_collection_collecteditem_kept ON billing_collection_collecteditem;
DROP TRIGGER billing_collection_collecteditem_returned ON billing_collection_collecteditem;
DROP TRIGGER billing_collection_collecteditem_added ON billing_collection_collecteditem;
"""


class Migration(migrations.Migration):
    dependencies = [("billing_collection", "0001_initial"), ("billing_receivables", "0002_protection")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
