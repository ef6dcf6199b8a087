# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same second lock (0001) for issued documents: a member's own, and no other's."""

from django.db import migrations

_TABLE = "billing_issuing_document"
_MINE = "coalesce((SELECT current_setting('verbund.member', true)), '')"


class Migration(migrations.Migration):
    dependencies = [("billing_member", "0001_own_rows"), ("billing_issuing", "0002_protection")]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE {_TABLE} ENABLE ROW LEVEL SECURITY;"
            f"CREATE POLICY all_rows ON {_TABLE} USING (true) WITH CHECK (true);"
            f"CREATE POLICY own_rows ON {_TABLE} AS RESTRICTIVE FOR SELECT USING ({_MINE} IN ('', tenant_id::text));",
            f"DROP POLICY own_rows ON {_TABLE}; DROP POLICY all_rows ON {_TABLE};"
            f"ALTER TABLE {_TABLE} DISABLE ROW LEVEL SECURITY;",
        )
    ]
