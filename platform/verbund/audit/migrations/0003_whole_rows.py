# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A link is made only of a row that is there, and only the owner writes down which migrations ran.

Who may insert a link could make one for a number that no row had yet and add the row afterwards, because the foreign
key is checked at commit. The link then said nothing of the row, and the chain was broken for good from there on.
"""

from django.db import migrations

_CHECK = """
  IF fields IS NULL THEN
    RAISE EXCEPTION 'Das Protokoll hat keinen Eintrag %.', NEW.entry_id USING ERRCODE = 'foreign_key_violation';
  END IF;
"""
_BEFORE_HASHING = "  fields := ARRAY[\n"

FORWARD = f"""
DO $do$
DECLARE
  body text := pg_get_functiondef((current_schema() || '.audit_link')::regproc);
BEGIN
  EXECUTE replace(body, $part${_BEFORE_HASHING}$part$, $part${_CHECK}{_BEFORE_HASHING}$part$);
  EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM %I', current_schema());
END
$do$;
"""

BACKWARD = f"""
DO $do$
DECLARE
  body text := pg_get_functiondef((current_schema() || '.audit_link')::regproc);
BEGIN
  EXECUTE replace(body, $part${_CHECK}$part$, '');
  EXECUTE format('GRANT INSERT, UPDATE, DELETE ON django_migrations TO %I', current_schema());
END
$do$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_protection")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
