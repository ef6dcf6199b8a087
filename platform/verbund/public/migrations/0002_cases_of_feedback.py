# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every feedback there is gets its case in the office's list; the association has no such list."""

from django.db import migrations

CASES = """
DO $$
BEGIN
  IF to_regclass('cases_case') IS NOT NULL THEN
    INSERT INTO cases_case (kind, reference, subject, state, phase, is_new, opened_at, received_at, closed_at, due_on)
    SELECT 'public.feedback', 'BF-' || id, 'Rückmeldung zur Barrierefreiheit',
        CASE WHEN handled_at IS NULL THEN 'WAITING' ELSE 'HANDLED' END,
        CASE WHEN handled_at IS NULL THEN 'open' ELSE 'closed' END,
        false, received_at, received_at, handled_at,
        CASE WHEN handled_at IS NULL
             THEN ((received_at + interval '28 days') AT TIME ZONE 'Europe/Berlin')::date END
    FROM public_barrierfeedback ORDER BY id;
  END IF;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("public", "0001_initial"), ("cases", "0001_initial")]

    operations = [migrations.RunSQL(CASES, migrations.RunSQL.noop)]
