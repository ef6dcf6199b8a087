# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was received is never forgotten or rewritten: the role may only add batches."""

from django.db import migrations

FORWARD = """
DO $do$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON metering_usagebatch FROM %I', current_schema());
END
$do$;
"""
BACKWARD = """
DO $do$
BEGIN
  EXECUTE format('GRANT UPDATE, DELETE ON metering_usagebatch TO %I', current_schema());
END
$do$;
"""


class Migration(migrations.Migration):
    dependencies = [("metering", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
