# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the database itself keeps: rows that are only added, the order of states, two persons, closed months.

Tables are named by the schema of the trigger's own table, so that a temporary table of the same name changes nothing.
A refusal bears SQLSTATE VB001 (the month is fixed), VB002 (the person took part) or VB003 (never edited); DETAIL has the month.
Whoever adds to a month takes the lock shared, whoever moves a period takes it alone, so that neither misses the other.
"""

from django.db import migrations

ONLY_ADDED = (
    "billing_costs_actualcost",
    "billing_costs_keyversion",
    "billing_costs_regimeversion",
    "billing_costs_priceversion",
    "billing_costs_advance",
    "billing_closing_run",
    "billing_closing_statement",
    "billing_closing_statementline",
    "billing_closing_participation",
)
# Table, the column with the day, whether it is of that month only or from it on, and what it makes of the person.
INPUTS = (
    ("billing_costs_actualcost", "month", "of", "cost"),
    ("billing_costs_keyversion", "valid_from", "from", "key"),
    ("billing_costs_regimeversion", "valid_from", "from", "price"),
    ("billing_costs_priceversion", "valid_from", "from", "price"),
    ("billing_costs_advance", "due_on", "of", "cost"),
)
FUNCTIONS = r"""
CREATE FUNCTION billing_only_added() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  RAISE EXCEPTION 'Was hier steht, wird nie geändert (% auf %).', TG_OP, TG_TABLE_NAME USING ERRCODE = 'VB003';
END
$fn$;

CREATE FUNCTION billing_open_month() RETURNS trigger LANGUAGE plpgsql AS $fn$
DECLARE
  first date := date_trunc('month', (to_jsonb(NEW) ->> TG_ARGV[0])::date)::date;
  fixed date;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('verbund.billing/' || TG_TABLE_SCHEMA, 0));
  EXECUTE format(
    'SELECT min(month) FROM %I.billing_closing_billingperiod'
    ' WHERE state NOT IN (''OPEN'', ''GRACE'') AND (month = $1 OR ($2 AND month > $1))', TG_TABLE_SCHEMA)
    INTO fixed USING first, TG_ARGV[1] = 'from';
  IF fixed IS NOT NULL THEN
    RAISE EXCEPTION 'Der Monat % ist schon berechnet.', to_char(fixed, 'YYYY-MM')
      USING ERRCODE = 'VB001', DETAIL = to_char(fixed, 'YYYY-MM');
  END IF;
  RETURN NEW;
END
$fn$;

CREATE FUNCTION billing_note_input() RETURNS trigger LANGUAGE plpgsql AS $fn$
DECLARE
  first date := date_trunc('month', (to_jsonb(NEW) ->> TG_ARGV[0])::date)::date;
BEGIN
  IF NEW.entered_by IS NOT NULL THEN
    IF TG_ARGV[1] = 'of' THEN
      EXECUTE format(
        'INSERT INTO %I.billing_closing_billingperiod (month, state) VALUES ($1, ''OPEN'') ON CONFLICT (month) DO NOTHING',
        TG_TABLE_SCHEMA) USING first;
    END IF;
    EXECUTE format(
      'INSERT INTO %1$I.billing_closing_participation (period_id, person, act, at)'
      ' SELECT id, $2, $3, $4 FROM %1$I.billing_closing_billingperiod'
      ' WHERE state IN (''OPEN'', ''GRACE'') AND (month = $1 OR ($5 AND month > $1)) ON CONFLICT DO NOTHING',
      TG_TABLE_SCHEMA) USING first, NEW.entered_by, TG_ARGV[2], NEW.entered_at, TG_ARGV[1] = 'from';
  END IF;
  RETURN NULL;
END
$fn$;

CREATE FUNCTION billing_period_inputs() RETURNS trigger LANGUAGE plpgsql AS $fn$
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

CREATE FUNCTION billing_membership() RETURNS trigger LANGUAGE plpgsql AS $fn$
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

CREATE FUNCTION billing_note_act() RETURNS trigger LANGUAGE plpgsql AS $fn$
DECLARE
  person bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
  moment timestamptz := (to_jsonb(NEW) ->> TG_ARGV[1])::timestamptz;
  state text;
BEGIN
  EXECUTE format('SELECT state FROM %I.billing_closing_billingperiod WHERE id = $1', TG_TABLE_SCHEMA)
    INTO state USING NEW.period_id;
  IF state NOT IN ('OPEN', 'GRACE', 'CALCULATED') OR (TG_ARGV[2] = 'corrected' AND state = 'CALCULATED') THEN
    RAISE EXCEPTION 'Dieser Monat nimmt nichts mehr auf.' USING ERRCODE = 'VB001';
  END IF;
  IF person IS NOT NULL THEN
    EXECUTE format(
      'INSERT INTO %I.billing_closing_participation (period_id, person, act, at) VALUES ($1, $2, $3, $4)'
      ' ON CONFLICT DO NOTHING', TG_TABLE_SCHEMA) USING NEW.period_id, person, TG_ARGV[2], moment;
  END IF;
  RETURN NULL;
END
$fn$;

CREATE FUNCTION billing_adjustment() RETURNS trigger LANGUAGE plpgsql AS $fn$
DECLARE
  state text;
BEGIN
  IF (to_jsonb(NEW) - ARRAY['approved_by', 'approved_at', 'withdrawn_at'])
     IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['approved_by', 'approved_at', 'withdrawn_at'])
     OR OLD.approved_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL THEN
    RAISE EXCEPTION 'Eine Berichtigung wird nie geändert.' USING ERRCODE = 'VB003';
  END IF;
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('verbund.billing/' || TG_TABLE_SCHEMA, 0));
  EXECUTE format('SELECT state FROM %I.billing_closing_billingperiod WHERE id = $1', TG_TABLE_SCHEMA)
    INTO state USING NEW.period_id;
  IF state NOT IN ('OPEN', 'GRACE') THEN
    RAISE EXCEPTION 'Dieser Monat nimmt nichts mehr auf.' USING ERRCODE = 'VB001';
  END IF;
  RETURN NEW;
END
$fn$;

CREATE FUNCTION billing_period_step() RETURNS trigger LANGUAGE plpgsql AS $fn$
DECLARE
  allowed boolean;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state NOT IN ('OPEN', 'GRACE') THEN
      RAISE EXCEPTION 'Ein Monat beginnt offen.' USING ERRCODE = 'VB003';
    END IF;
    RETURN NEW;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('verbund.billing/' || TG_TABLE_SCHEMA, 0));
  allowed := NEW.state = OLD.state OR (OLD.state, NEW.state) IN (
    ('OPEN', 'GRACE'), ('GRACE', 'CALCULATED'), ('CALCULATED', 'GRACE'), ('CALCULATED', 'APPROVED'),
    ('APPROVED', 'CALCULATED'), ('APPROVED', 'ISSUED'), ('ISSUED', 'CLOSED'));
  IF NOT allowed OR NEW.month <> OLD.month
     OR (NEW.state = OLD.state AND OLD.state NOT IN ('OPEN', 'GRACE', 'CALCULATED'))
     OR (OLD.state IN ('APPROVED', 'ISSUED') AND NEW.run_id IS DISTINCT FROM OLD.run_id)
     OR (OLD.state IN ('APPROVED', 'ISSUED') AND NEW.state <> 'CALCULATED'
         AND (NEW.approved_by, NEW.approved_at) IS DISTINCT FROM (OLD.approved_by, OLD.approved_at))
     OR (OLD.state = 'CALCULATED' AND NEW.state = 'APPROVED' AND NEW.run_id IS DISTINCT FROM OLD.run_id) THEN
    RAISE EXCEPTION 'Von % nach % führt kein Schritt.', OLD.state, NEW.state USING ERRCODE = 'VB003';
  END IF;
  IF NEW.run_id IS NOT NULL AND NEW.run_id IS DISTINCT FROM OLD.run_id THEN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.billing_closing_run WHERE id = $1 AND period_id = $2)', TG_TABLE_SCHEMA)
      INTO allowed USING NEW.run_id, NEW.id;
    IF NOT allowed THEN
      RAISE EXCEPTION 'Der Rechenlauf gehört zu einem anderen Monat.' USING ERRCODE = 'VB003';
    END IF;
  END IF;
  IF NEW.state = 'APPROVED' AND OLD.state <> 'APPROVED' THEN
    EXECUTE format(
      'SELECT NOT EXISTS (SELECT FROM %I.billing_closing_participation WHERE period_id = $1 AND person = $2)',
      TG_TABLE_SCHEMA) INTO allowed USING NEW.id, NEW.approved_by;
    IF NOT allowed THEN
      RAISE EXCEPTION 'Wer mitgewirkt hat, gibt nicht frei.' USING ERRCODE = 'VB002';
    END IF;
  END IF;
  RETURN NEW;
END
$fn$;

CREATE FUNCTION billing_lines_added() RETURNS trigger LANGUAGE plpgsql AS $fn$
DECLARE
  wrong boolean;
BEGIN
  EXECUTE format(
    'SELECT EXISTS (SELECT FROM added l JOIN %1$I.billing_closing_statement s ON s.id = l.statement_id'
    ' JOIN %1$I.billing_closing_run r ON r.id = s.run_id'
    ' JOIN %1$I.billing_closing_billingperiod p ON p.id = r.period_id'
    ' WHERE p.run_id = r.id OR p.state NOT IN (''OPEN'', ''GRACE'', ''CALCULATED''))', TG_TABLE_SCHEMA) INTO wrong;
  IF wrong THEN
    RAISE EXCEPTION 'Eine geltende Abrechnung nimmt keinen Posten mehr auf.' USING ERRCODE = 'VB003';
  END IF;
  EXECUTE format(
    'SELECT EXISTS (SELECT FROM %1$I.billing_closing_statement s WHERE s.id IN (SELECT statement_id FROM added)'
    ' AND s.cents <> (SELECT sum(l.net_cents) FROM %1$I.billing_closing_statementline l WHERE l.statement_id = s.id))',
    TG_TABLE_SCHEMA) INTO wrong;
  IF wrong THEN
    RAISE EXCEPTION 'Die Posten einer Abrechnung ergeben nicht ihre Summe.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$fn$;

CREATE FUNCTION billing_statement_sum() RETURNS trigger LANGUAGE plpgsql AS $fn$
DECLARE
  total numeric;
BEGIN
  EXECUTE format('SELECT coalesce(sum(net_cents), 0) FROM %I.billing_closing_statementline WHERE statement_id = $1', TG_TABLE_SCHEMA)
    INTO total USING NEW.id;
  IF total <> NEW.cents THEN
    RAISE EXCEPTION 'Die Posten der Abrechnung % ergeben nicht ihre Summe.', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$fn$;

CREATE FUNCTION billing_closed_usage() RETURNS trigger LANGUAGE plpgsql AS $fn$
DECLARE
  closed text;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    EXECUTE format('SELECT min(month)::text FROM %I.billing_closing_billingperiod WHERE state = ''CLOSED''', TG_TABLE_SCHEMA)
      INTO closed;
  ELSE
    EXECUTE format(
      'SELECT min(p.month)::text FROM %1$I.billing_closing_billingperiod p WHERE p.state = ''CLOSED'' AND EXISTS ('
      ' SELECT FROM changed c WHERE c.%2$I >= %3$s AND c.%2$I < %4$s)', TG_TABLE_SCHEMA, TG_ARGV[0],
      CASE TG_ARGV[0] WHEN 'hour' THEN 'p.month::timestamp AT TIME ZONE ''Europe/Berlin''' ELSE 'p.month' END,
      CASE TG_ARGV[0] WHEN 'hour' THEN '(p.month + interval ''1 month'') AT TIME ZONE ''Europe/Berlin'''
        ELSE 'p.month + interval ''1 month''' END) INTO closed;
  END IF;
  IF closed IS NOT NULL THEN
    RAISE EXCEPTION 'Der Monat % ist abgeschlossen; seine Zähler bleiben, wie sie sind.', left(closed, 7)
      USING ERRCODE = 'VB001', DETAIL = left(closed, 7);
  END IF;
  RETURN NULL;
END
$fn$;
"""


def triggers() -> str:
    """All triggers, by table."""
    lines = [
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION billing_only_added();"
        for table in ONLY_ADDED
    ]
    for table, column, mode, act in INPUTS:
        arguments = f"'{column}', '{mode}', '{act}'"
        lines += [
            f"CREATE TRIGGER {table}_open BEFORE INSERT ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION billing_open_month({arguments});",
            f"CREATE TRIGGER {table}_noted AFTER INSERT ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION billing_note_input({arguments});",
        ]
    for table, column in (("metering_usagecounter", "hour"), ("metering_usageday", "day")):
        for event, rows in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
            lines.append(
                f"CREATE TRIGGER {table}_closed_{event.lower()} AFTER {event} ON {table}"
                f" REFERENCING {rows} TABLE AS changed"
                f" FOR EACH STATEMENT EXECUTE FUNCTION billing_closed_usage('{column}');"
            )
        lines.append(
            f"CREATE TRIGGER {table}_closed_truncate BEFORE TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION billing_closed_usage('{column}');"
        )
    return "\n".join(lines)


OTHERS = """
ALTER TABLE billing_costs_membership ADD CONSTRAINT billing_membership_no_overlap
  EXCLUDE USING gist (int8range(tenant_id, tenant_id, '[]') WITH &&, daterange(first, last, '[]') WITH &&);
CREATE TRIGGER billing_costs_service_kept BEFORE UPDATE OF code, module OR TRUNCATE ON billing_costs_service
  FOR EACH STATEMENT EXECUTE FUNCTION billing_only_added();
CREATE TRIGGER billing_costs_costcentre_kept BEFORE UPDATE OF code, key, module, service_id OR TRUNCATE
  ON billing_costs_costcentre FOR EACH STATEMENT EXECUTE FUNCTION billing_only_added();
CREATE TRIGGER billing_costs_membership_kept BEFORE DELETE OR TRUNCATE ON billing_costs_membership
  FOR EACH STATEMENT EXECUTE FUNCTION billing_only_added();
CREATE TRIGGER billing_costs_membership_open BEFORE INSERT OR UPDATE ON billing_costs_membership
  FOR EACH ROW EXECUTE FUNCTION billing_membership();
CREATE TRIGGER billing_closing_run_noted AFTER INSERT ON billing_closing_run
  FOR EACH ROW EXECUTE FUNCTION billing_note_act('calculated_by', 'calculated_at', 'calculated');
CREATE TRIGGER billing_closing_adjustment_noted AFTER INSERT ON billing_closing_adjustment
  FOR EACH ROW EXECUTE FUNCTION billing_note_act('requested_by', 'requested_at', 'corrected');
CREATE TRIGGER billing_closing_adjustment_step BEFORE UPDATE ON billing_closing_adjustment
  FOR EACH ROW EXECUTE FUNCTION billing_adjustment();
CREATE TRIGGER billing_closing_adjustment_kept BEFORE DELETE OR TRUNCATE ON billing_closing_adjustment
  FOR EACH STATEMENT EXECUTE FUNCTION billing_only_added();
CREATE TRIGGER billing_closing_billingperiod_step BEFORE INSERT OR UPDATE ON billing_closing_billingperiod
  FOR EACH ROW EXECUTE FUNCTION billing_period_step();
CREATE TRIGGER billing_closing_billingperiod_inputs AFTER INSERT ON billing_closing_billingperiod
  FOR EACH ROW EXECUTE FUNCTION billing_period_inputs();
CREATE TRIGGER billing_closing_billingperiod_kept BEFORE DELETE OR TRUNCATE ON billing_closing_billingperiod
  FOR EACH STATEMENT EXECUTE FUNCTION billing_only_added();
CREATE TRIGGER billing_closing_statementline_added AFTER INSERT ON billing_closing_statementline
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION billing_lines_added();
CREATE CONSTRAINT TRIGGER billing_closing_statement_sum AFTER INSERT ON billing_closing_statement
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION billing_statement_sum();
"""
RIGHTS = f"""
DO $do$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON {", ".join(ONLY_ADDED)} FROM %I', current_schema());
  EXECUTE format('REVOKE DELETE, TRUNCATE ON billing_closing_billingperiod, billing_closing_adjustment,'
    ' billing_costs_membership, billing_costs_service, billing_costs_costcentre FROM %I', current_schema());
END
$do$;
"""
_FUNCTION_NAMES = (
    "billing_only_added",
    "billing_open_month",
    "billing_note_input",
    "billing_period_inputs",
    "billing_membership",
    "billing_note_act",
    "billing_adjustment",
    "billing_period_step",
    "billing_lines_added",
    "billing_statement_sum",
    "billing_closed_usage",
)
BACKWARD = "\n".join(f"DROP FUNCTION {name}() CASCADE;" for name in _FUNCTION_NAMES) + (
    "\nALTER TABLE billing_costs_membership DROP CONSTRAINT billing_membership_no_overlap;"
)


class Migration(migrations.Migration):
    dependencies = [("billing_closing", "0001_initial"), ("metering", "0002_append_only")]
    operations = [migrations.RunSQL(FUNCTIONS + triggers() + OTHERS + RIGHTS, BACKWARD)]
