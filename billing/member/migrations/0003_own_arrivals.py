# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same second lock (0001) for what arrived, came late or was rejected: a member's own, and no other's."""

from django.db import migrations

_TABLES = ("metering_usagearrival", "metering_usagelate", "billing_ingest_rejection")
_MINE = "coalesce((SELECT current_setting('verbund.member', true)), '')"


class Migration(migrations.Migration):
    dependencies = [
        ("billing_member", "0002_own_documents"),
        ("billing_ingest", "0002_rejections"),
        ("metering", "0006_arrivals"),
    ]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
            f"CREATE POLICY all_rows ON {table} USING (true) WITH CHECK (true);"
            f"CREATE POLICY own_rows ON {table} AS RESTRICTIVE FOR SELECT USING ({_MINE} IN ('', tenant::text));",
            f"DROP POLICY own_rows ON {table}; DROP POLICY all_rows ON {table};"
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
        )
        for table in _TABLES
    ]
