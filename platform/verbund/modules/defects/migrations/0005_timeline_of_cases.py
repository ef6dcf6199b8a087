# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happened to reports moves to their cases."""

from django.db import migrations

ENTRIES = """
INSERT INTO cases_timelineentry
    (case_id, at, kind, is_public, state, text, expected_on, forwarded_to, author_kind, author_id)
SELECT r.case_id, t.at, t.kind, t.is_public, t.state, t.text,
    CASE WHEN t.state = 'SCHEDULED' THEN t.expected_on END,
    t.forwarded_to, t.author_kind, t.author_id
FROM defects_timelineentry t JOIN defects_report r ON r.id = t.report_id
ORDER BY t.id
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_timelineentry"), ("defects", "0004_report_without_assignee")]

    operations = [migrations.RunSQL(ENTRIES, migrations.RunSQL.noop)]
