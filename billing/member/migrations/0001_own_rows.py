# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A second lock on what members read: once a member's number is set, PostgreSQL leaves out the rows of all others.

The number is set by ``billing.member.reading`` for one transaction; the association's own work sets none and sees all.
The sub-select is evaluated once for each statement, not for each row.
"""

from django.db import migrations

MINE = "coalesce((SELECT current_setting('verbund.member', true)), '')"
BY_TENANT = (
    ("billing_closing_statement", "tenant_id"),
    ("billing_closing_adjustment", "tenant_id"),
    ("metering_usageday", "tenant"),
)
LINES = "billing_closing_statementline"
OF_STATEMENT = f"""
    {MINE} = '' OR EXISTS (
        SELECT FROM billing_closing_statement s WHERE s.id = statement_id AND s.tenant_id::text = {MINE})
"""


def _lock(table: str, condition: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY all_rows ON {table} USING (true) WITH CHECK (true);"
        f"CREATE POLICY own_rows ON {table} AS RESTRICTIVE FOR SELECT USING ({condition});",
        f"DROP POLICY own_rows ON {table}; DROP POLICY all_rows ON {table};"
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


class Migration(migrations.Migration):
    dependencies = [("billing_closing", "0001_initial"), ("metering", "0001_initial")]

    operations = [
        *(_lock(table, f"{MINE} IN ('', {column}::text)") for table, column in BY_TENANT),
        _lock(LINES, OF_STATEMENT),
    ]
