# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Feedback that came in before cases had a timeline begins it with its arrival."""

from django.db import migrations

ARRIVALS = """
DO $$
BEGIN
  IF to_regclass('cases_timelineentry') IS NOT NULL THEN
    INSERT INTO cases_timelineentry
        (case_id, at, kind, is_public, state, text, forwarded_to, author_kind, author_id)
    SELECT id, coalesce(received_at, opened_at), 'SUBMITTED', true, 'WAITING', '', '', 'citizen', ''
    FROM cases_case WHERE kind = 'public.feedback';
  END IF;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_timelineentry"), ("public", "0003_association")]

    operations = [migrations.RunSQL(ARRIVALS, migrations.RunSQL.noop)]
