# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Issued documents are only added, and numbers only go up: the database keeps it so for everybody."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION billing_number_goes_up() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  IF NEW.family <> OLD.family OR NEW.year <> OLD.year OR NEW.last <> OLD.last + 1 THEN
    RAISE EXCEPTION 'Ein Nummernkreis zählt nur um eins hoch.' USING ERRCODE = 'VB003';
  END IF;
  RETURN NEW;
END
$fn$;
CREATE TRIGGER billing_issuing_document_added BEFORE UPDATE OR DELETE OR TRUNCATE ON billing_issuing_document
  FOR EACH STATEMENT EXECUTE FUNCTION billing_only_added();
CREATE TRIGGER billing_issuing_numberrange_kept BEFORE DELETE OR TRUNCATE ON billing_issuing_numberrange
  FOR EACH STATEMENT EXECUTE FUNCTION billing_only_added();
CREATE TRIGGER billing_issuing_numberrange_up BEFORE UPDATE ON billing_issuing_numberrange
  FOR EACH ROW EXECUTE FUNCTION billing_number_goes_up();
DO $do$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON billing_issuing_document FROM %I', current_schema());
  EXECUTE format('REVOKE DELETE, TRUNCATE ON billing_issuing_numberrange FROM %I', current_schema());
END
$do$;
"""
BACKWARD = """
DROP TRIGGER billing_issuing_document_added ON billing_issuing_document;
DROP TRIGGER billing_issuing_numberrange_kept ON billing_issuing_numberrange;
DROP FUNCTION billing_number_goes_up() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("billing_issuing", "0001_initial"), ("billing_closing", "0002_protection")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
