# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Insert only, and chained: by right of the schema's role and by triggers.

No name of a schema stands in the functions: they take it from the trigger (TG_TABLE_SCHEMA), so a dump of one schema
replayed under another name works. The link is made by a deferred trigger at commit: taken at the insert, the lock
would be held until the end of the business transaction and could dead-lock with the rows it still has to lock.
"""

from django.db import migrations

FORWARD = r"""
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  RAISE EXCEPTION 'Das Protokoll wird nie geändert (% auf %).', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END
$fn$;

CREATE FUNCTION audit_link() RETURNS trigger LANGUAGE plpgsql AS $fn$
DECLARE
  last_position bigint;
  last_day date;
  last_hash text;
  fields text[];
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('verbund.audit/' || TG_TABLE_SCHEMA, 0));
  EXECUTE format('SELECT position, day, hash FROM %I.audit_seal ORDER BY position DESC LIMIT 1', TG_TABLE_SCHEMA)
    INTO last_position, last_day, last_hash;
  NEW.sealed_at := clock_timestamp();
  NEW.position := coalesce(last_position, 0) + 1;
  NEW.day := greatest((NEW.sealed_at AT TIME ZONE 'Europe/Berlin')::date, last_day);
  NEW.previous_hash := last_hash;
  IF last_day IS DISTINCT FROM NEW.day THEN
    NEW.previous_hash := encode(sha256(convert_to(
      'verbund.audit.1|' || TG_TABLE_SCHEMA || '|' || to_char(NEW.day, 'YYYY-MM-DD') || '|' || coalesce(last_hash, ''),
      'UTF8')), 'hex');
  END IF;
  EXECUTE format(
    'SELECT ARRAY[id::text, to_char(at AT TIME ZONE ''UTC'', ''YYYY-MM-DD"T"HH24:MI:SS.US"Z"''), actor_kind, actor_id,'
    ' actor_role, acting_for, action, subject, changes::text, reason, request_id]::text[]'
    ' FROM %I.audit_entry WHERE id = $1', TG_TABLE_SCHEMA)
    INTO fields USING NEW.entry_id;
  fields := ARRAY[
    NEW.previous_hash, NEW.position::text, to_char(NEW.day, 'YYYY-MM-DD'),
    to_char(NEW.sealed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  ]::text[] || fields;
  SELECT encode(sha256(convert_to(
           string_agg(octet_length(convert_to(f.text, 'UTF8')) || ':' || f.text || ',', '' ORDER BY f.place), 'UTF8')), 'hex')
    INTO NEW.hash FROM unnest(fields) WITH ORDINALITY AS f (text, place);
  RETURN NEW;
END
$fn$;

CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  EXECUTE format('INSERT INTO %I.audit_seal (entry_id) VALUES ($1) ON CONFLICT (entry_id) DO NOTHING', TG_TABLE_SCHEMA) USING NEW.id;
  RETURN NULL;
END
$fn$;

CREATE CONSTRAINT TRIGGER audit_entry_chain AFTER INSERT ON audit_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_chain();
CREATE TRIGGER audit_seal_link BEFORE INSERT ON audit_seal FOR EACH ROW EXECUTE FUNCTION audit_link();
CREATE TRIGGER audit_entry_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_seal_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

DO $do$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry, audit_seal FROM %I', current_schema());
END
$do$;
"""

BACKWARD = """
DROP TRIGGER audit_entry_chain ON audit_entry;
DROP TRIGGER audit_seal_link ON audit_seal;
DROP TRIGGER audit_entry_refuse ON audit_entry;
DROP TRIGGER audit_seal_refuse ON audit_seal;
DROP FUNCTION audit_chain();
DROP FUNCTION audit_link();
DROP FUNCTION audit_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
