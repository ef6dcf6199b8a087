# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every report there is gets its case; the numbers go on where they were."""

from django.db import migrations

CASES = """
INSERT INTO cases_case
    (kind, reference, subject, state, phase, is_new, opened_at, received_at, closed_at, due_on, assignee_id)
SELECT 'defects.report', r.reference, c.name || ', ' || r.address, r.state,
    CASE WHEN r.state = 'UNCONFIRMED' THEN 'pending'
         WHEN r.state IN ('DONE', 'NOT_REPAIRED', 'DUPLICATE', 'HIDDEN') THEN 'closed'
         ELSE 'open' END,
    r.state = 'RECEIVED' AND r.first_answered_at IS NULL,
    r.submitted_at, r.received_at, r.closed_at,
    CASE WHEN r.state IN ('UNCONFIRMED', 'DONE', 'NOT_REPAIRED', 'DUPLICATE', 'HIDDEN') THEN NULL
         WHEN r.first_answered_at IS NULL THEN r.answer_due_on
         WHEN r.state = 'SCHEDULED' THEN r.expected_on END,
    r.assignee_id
FROM defects_report r JOIN defects_category c ON c.id = r.category_id
ORDER BY r.id
"""
LINKS = "UPDATE defects_report r SET case_id = c.id FROM cases_case c WHERE c.reference = r.reference"
CONTACTS = """
INSERT INTO cases_contact (case_id, email_index)
SELECT r.case_id, p.email_index FROM defects_reporter p JOIN defects_report r ON r.id = p.report_id
WHERE p.email_index IS NOT NULL
"""
COUNTERS = (
    "INSERT INTO cases_casecounter (prefix, year, last) SELECT 'M', year, last FROM defects_reportcounter"
)


class Migration(migrations.Migration):
    dependencies = [("defects", "0002_report_case")]

    operations = [
        migrations.RunSQL([CASES, LINKS, CONTACTS, COUNTERS], migrations.RunSQL.noop),
    ]
