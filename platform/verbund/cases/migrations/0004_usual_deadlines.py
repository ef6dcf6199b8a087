# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was due so far is what is usual."""

from django.db import migrations

USUAL = "UPDATE cases_case SET usual_due_on = due_on WHERE due_on IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_own_deadlines_and_links")]

    operations = [migrations.RunSQL(USUAL, migrations.RunSQL.noop)]
