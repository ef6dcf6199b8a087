# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whoever enters or ends a membership took part in every month from its first changed day, also in those opened later.

The first row of a member stands in the place of the registry's dates: what it changes begins where the two differ.
"""

from django.db import migrations

FORWARD = r"""
CREATE OR REPLACE FUNCTION billing_period_inputs() RETURNS trigger LANGUAGE plpgsql AS $fn$
DECLARE
  approved date;
BEGIN
  EXECUTE format(
    'SELECT max(month) FROM %I.billing_closing_billingperiod'
    ' WHERE month < $1 AND state IN (''APPROVED'', ''ISSUED'', ''CLOSED'')', TG_TABLE_SCHEMA)
    INTO approved USING NEW.month;
  EXECUTE format(
    'INSERT INTO %1$I.billing_closing_participation (period_id, person, act, at)'
    ' SELECT $1, entered_by, act, max(entered_at) FROM ('
    '   SELECT entered_by, ''key'' AS act, entered_at, valid_from FROM %1$I.billing_costs_keyversion'
    '   UNION ALL SELECT entered_by, ''price'', entered_at, valid_from FROM %1$I.billing_costs_priceversion'
    '   UNION ALL SELECT entered_by, ''price'', entered_at, valid_from FROM %1$I.billing_costs_regimeversion'
    '   UNION ALL SELECT entered_by, ''key'', entered_at, first FROM %1$I.billing_costs_membership'
    '   UNION ALL SELECT entered_by, ''key'', entered_at, last + 1 FROM %1$I.billing_costs_membership'
    '   UNION ALL SELECT ended_by, ''key'', ended_at, coalesce(last + 1, first) FROM %1$I.billing_costs_membership'
    ' ) AS inputs WHERE entered_by IS NOT NULL AND valid_from < $2 + interval ''1 month'''
    '   AND ($3 IS NULL OR valid_from > $3) GROUP BY entered_by, act ON CONFLICT DO NOTHING', TG_TABLE_SCHEMA)
    USING NEW.id, NEW.month, approved;
  RETURN NULL;
END
$fn$;

CREATE OR REPLACE FUNCTION billing_membership() RETURNS trigger LANGUAGE plpgsql AS $fn$
DECLARE
  changed date := NEW.first;
  person bigint := NEW.entered_by;
  moment timestamptz := NEW.entered_at;
  is_first boolean;
  registered date;
  departed date;
  fixed date;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF to_jsonb(NEW) - ARRAY['last', 'ended_by', 'ended_at'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['last', 'ended_by', 'ended_at'] THEN
      RAISE EXCEPTION 'Von einer Mitgliedschaft ändert sich nur ihr Ende.' USING ERRCODE = 'VB003';
    END IF;
    changed := least(OLD.last, NEW.last) + 1;
    person := NEW.ended_by;
    moment := NEW.ended_at;
  ELSE
    EXECUTE format('SELECT NOT EXISTS (SELECT FROM %I.billing_costs_membership WHERE tenant_id = $1)', TG_TABLE_SCHEMA)
      INTO is_first USING NEW.tenant_id;
    IF is_first THEN
      EXECUTE format(
        'SELECT (t.activated_at AT TIME ZONE ''Europe/Berlin'')::date, (d.finished_at AT TIME ZONE ''Europe/Berlin'')::date'
        ' FROM %1$I.tenants_tenant t LEFT JOIN %1$I.tenants_departure d ON d.tenant_id = t.number'
        ' WHERE t.number = $1 AND t.origin = '''' AND t.activated_at IS NOT NULL', TG_TABLE_SCHEMA)
        INTO registered, departed USING NEW.tenant_id;
      IF departed < registered THEN
        departed := registered;
      END IF;
      IF registered = NEW.first THEN
        changed := CASE WHEN departed IS DISTINCT FROM NEW.last THEN least(departed, NEW.last) + 1 END;
      ELSE
        changed := least(registered, NEW.first);
      END IF;
    END IF;
  END IF;
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('verbund.billing/' || TG_TABLE_SCHEMA, 0));
  EXECUTE format(
    'SELECT min(month) FROM %I.billing_closing_billingperiod'
    ' WHERE state NOT IN (''OPEN'', ''GRACE'') AND month + interval ''1 month'' > $1', TG_TABLE_SCHEMA)
    INTO fixed USING changed;
  IF fixed IS NOT NULL THEN
    RAISE EXCEPTION 'Der Monat % ist schon berechnet.', to_char(fixed, 'YYYY-MM')
      USING ERRCODE = 'VB001', DETAIL = to_char(fixed, 'YYYY-MM');
  END IF;
  IF person IS NOT NULL THEN
    EXECUTE format(
      'INSERT INTO %1$I.billing_closing_participation (period_id, person, act, at)'
      ' SELECT id, $2, ''key'', $3 FROM %1$I.billing_closing_billingperiod'
      ' WHERE state IN (''OPEN'', ''GRACE'') AND month + interval ''1 month'' > $1 ON CONFLICT DO NOTHING',
      TG_TABLE_SCHEMA) USING changed, person, moment;
  END IF;
  RETURN NEW;
END
$fn$;
"""
BACKWARD = r"""
CREATE OR REPLACE FUNCTION billing_period_inputs() RETURNS trigger LANGUAGE plpgsql AS $fn$
DECLARE
  approved date;
BEGIN
  EXECUTE format(
    'SELECT max(month) FROM %I.billing_closing_billingperiod'
    ' WHERE month < $1 AND state IN (''APPROVED'', ''ISSUED'', ''CLOSED'')', TG_TABLE_SCHEMA)
    INTO approved USING NEW.month;
  EXECUTE format(
    'INSERT INTO %1$I.billing_closing_participation (period_id, person, act, at)'
    ' SELECT $1, entered_by, act, max(entered_at) FROM ('
    '   SELECT entered_by, ''key'' AS act, entered_at, valid_from FROM %1$I.billing_costs_keyversion'
    '   UNION ALL SELECT entered_by, ''price'', entered_at, valid_from FROM %1$I.billing_costs_priceversion'
    '   UNION ALL SELECT entered_by, ''price'', entered_at, valid_from FROM %1$I.billing_costs_regimeversion'
    '   UNION ALL SELECT entered_by, ''key'', entered_at, greatest(first, last) FROM %1$I.billing_costs_membership'
    ' ) AS inputs WHERE entered_by IS NOT NULL AND valid_from < $2 + interval ''1 month'''
    '   AND ($3 IS NULL OR valid_from > $3) GROUP BY entered_by, act ON CONFLICT DO NOTHING', TG_TABLE_SCHEMA)
    USING NEW.id, NEW.month, approved;
  RETURN NULL;
END
$fn$;

CREATE OR REPLACE FUNCTION billing_membership() RETURNS trigger LANGUAGE plpgsql AS $fn$
DECLARE
  changed date := NEW.first;
  fixed date;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.tenant_id, NEW.first) IS DISTINCT FROM (OLD.tenant_id, OLD.first) THEN
      RAISE EXCEPTION 'Von einer Mitgliedschaft ändert sich nur ihr Ende.' USING ERRCODE = 'VB003';
    END IF;
    changed := least(OLD.last, NEW.last) + 1;
  END IF;
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('verbund.billing/' || TG_TABLE_SCHEMA, 0));
  EXECUTE format(
    'SELECT min(month) FROM %I.billing_closing_billingperiod'
    ' WHERE state NOT IN (''OPEN'', ''GRACE'') AND month + interval ''1 month'' > $1', TG_TABLE_SCHEMA)
    INTO fixed USING changed;
  IF fixed IS NOT NULL THEN
    RAISE EXCEPTION 'Der Monat % ist schon berechnet.', to_char(fixed, 'YYYY-MM')
      USING ERRCODE = 'VB001', DETAIL = to_char(fixed, 'YYYY-MM');
  END IF;
  IF NEW.entered_by IS NOT NULL THEN
    EXECUTE format(
      'INSERT INTO %1$I.billing_closing_participation (period_id, person, act, at)'
      ' SELECT id, $2, ''key'', $3 FROM %1$I.billing_closing_billingperiod'
      ' WHERE state IN (''OPEN'', ''GRACE'') AND month + interval ''1 month'' > $1 ON CONFLICT DO NOTHING',
      TG_TABLE_SCHEMA) USING changed, NEW.entered_by, NEW.entered_at;
  END IF;
  RETURN NEW;
END
$fn$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("billing_closing", "0003_late_decisions"),
        ("billing_costs", "0002_who_ended_a_membership"),
        ("tenants", "0005_in_place"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
