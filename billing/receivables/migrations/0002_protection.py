# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Booked documents, payments and what was set against what stay as they were taken; the database keeps it so for everybody.

`billing_changes_only` takes two lists of columns: those that may be set once, and those that hold something sealed, which may
only be sealed anew with a newer data key (its version stands in bytes 2 to 5, see verbund.vault.envelope).
`billing_parts_at_once` lets parts come with their whole only, `billing_parts_sum` asks at the commit that they add up to it.
Nothing is deleted here: what is older than its retention goes by the owner's hand, who has to take the trigger away first.
"""

from django.db import migrations

FORWARD = r"""
CREATE FUNCTION billing_changes_only() RETURNS trigger LANGUAGE plpgsql AS $fn$
DECLARE
  once text[] := string_to_array(TG_ARGV[0], ' ');
  sealed text[] := string_to_array(TG_ARGV[1], ' ');
  before jsonb := to_jsonb(OLD);
  after jsonb := to_jsonb(NEW);
BEGIN
  IF before - once - sealed IS DISTINCT FROM after - once - sealed
     OR EXISTS (SELECT FROM unnest(once) AS c
        WHERE before ->> c IS DISTINCT FROM after ->> c AND before ->> c IS NOT NULL)
     OR EXISTS (SELECT FROM unnest(sealed) AS c
        WHERE before ->> c IS DISTINCT FROM after ->> c
        AND coalesce(substr(after ->> c, 5, 8) COLLATE "C" <= substr(before ->> c, 5, 8) COLLATE "C", true)) THEN
    RAISE EXCEPTION 'Was hier steht, wird nie geändert (% auf %).', TG_OP, TG_TABLE_NAME USING ERRCODE = 'VB003';
  END IF;
  RETURN NEW;
END
$fn$;

CREATE FUNCTION billing_parts_at_once() RETURNS trigger LANGUAGE plpgsql AS $fn$
DECLARE
  late boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM %1$I.%2$I p WHERE p.%3$I IN (SELECT %3$I FROM added)'
    ' AND p.id NOT IN (SELECT id FROM added))', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_ARGV[0]) INTO late;
  IF late THEN
    RAISE EXCEPTION 'Was gebucht ist, nimmt nichts mehr auf (%).', TG_TABLE_NAME USING ERRCODE = 'VB003';
  END IF;
  RETURN NULL;
END
$fn$;

CREATE FUNCTION billing_parts_sum() RETURNS trigger LANGUAGE plpgsql AS $fn$
DECLARE
  total numeric;
BEGIN
  EXECUTE format(TG_ARGV[0], TG_TABLE_SCHEMA) INTO total USING NEW.id;
  IF total <> NEW.cents THEN
    RAISE EXCEPTION 'Die Teile von % in % ergeben nicht die Summe.', NEW.id, TG_TABLE_NAME
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$fn$;

CREATE TRIGGER billing_receivables_item_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON billing_receivables_item
  FOR EACH STATEMENT EXECUTE FUNCTION billing_only_added();
CREATE CONSTRAINT TRIGGER billing_receivables_item_sum AFTER INSERT ON billing_receivables_item
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION billing_parts_sum(
  'SELECT coalesce(sum(net_cents + tax_cents), 0) FROM %1$I.billing_receivables_itemline WHERE item_id = $1');
CREATE TRIGGER billing_receivables_itemline_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON billing_receivables_itemline
  FOR EACH STATEMENT EXECUTE FUNCTION billing_only_added();
CREATE TRIGGER billing_receivables_itemline_added AFTER INSERT ON billing_receivables_itemline
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION billing_parts_at_once('item_id');
CREATE TRIGGER billing_receivables_payment_kept BEFORE DELETE OR TRUNCATE ON billing_receivables_payment
  FOR EACH STATEMENT EXECUTE FUNCTION billing_only_added();
CREATE TRIGGER billing_receivables_payment_sealed BEFORE UPDATE ON billing_receivables_payment
  FOR EACH ROW EXECUTE FUNCTION billing_changes_only('', 'payer text');
CREATE TRIGGER billing_receivables_clearing_kept BEFORE DELETE OR TRUNCATE ON billing_receivables_clearing
  FOR EACH STATEMENT EXECUTE FUNCTION billing_only_added();
CREATE TRIGGER billing_receivables_clearing_withdrawn BEFORE UPDATE ON billing_receivables_clearing
  FOR EACH ROW EXECUTE FUNCTION billing_changes_only('withdrawn_at', '');

-- A lock on a row (FOR UPDATE) asks for the right to change one column; the trigger refuses the change.
DO $do$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON billing_receivables_item, billing_receivables_itemline,'
    ' billing_receivables_payment, billing_receivables_clearing FROM %I', current_schema());
  EXECUTE format('GRANT UPDATE (id) ON billing_receivables_item TO %I', current_schema());
  EXECUTE format('GRANT UPDATE (payer, text) ON billing_receivables_payment TO %I', current_schema());
  EXECUTE format('GRANT UPDATE (withdrawn_at) ON billing_receivables_clearing TO %I', current_schema());
END
$do$;
"""
BACKWARD = """
DROP TRIGGER billing_receivables_item_kept ON billing_receivables_item;
DROP TRIGGER billing_receivables_itemline_kept ON billing_receivables_itemline;
DROP TRIGGER billing_receivables_payment_kept ON billing_receivables_payment;
DROP TRIGGER billing_receivables_clearing_kept ON billing_receivables_clearing;
DROP FUNCTION billing_changes_only() CASCADE;
DROP FUNCTION billing_parts_at_once() CASCADE;
DROP FUNCTION billing_parts_sum() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("billing_receivables", "0001_initial"), ("billing_closing", "0002_protection")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
