# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A fact is never changed or removed by the application: it may only note that it was pushed."""

from django.db import migrations

FORWARD = """
DO $do$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON metering_fact FROM %I', current_schema());
  EXECUTE format('GRANT UPDATE (pushed_at) ON metering_fact TO %I', current_schema());
END
$do$;
"""
BACKWARD = """
DO $do$
BEGIN
  EXECUTE format('REVOKE UPDATE (pushed_at) ON metering_fact FROM %I', current_schema());
  EXECUTE format('GRANT UPDATE, DELETE ON metering_fact TO %I', current_schema());
END
$do$;
"""


class Migration(migrations.Migration):
    dependencies = [("metering_facts", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
