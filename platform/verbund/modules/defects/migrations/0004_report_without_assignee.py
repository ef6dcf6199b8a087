# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who looks after a report, its number and who sent it stand in its case now."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    contracts = "Before the first release: no older program serves the same database."
    dependencies = [("defects", "0003_cases_of_reports")]

    operations = [
        migrations.AlterField(
            model_name="report",
            name="case",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
            ),
        ),
        migrations.RemoveField(model_name="report", name="assignee"),
        migrations.DeleteModel(name="ReportCounter"),
        migrations.RemoveField(model_name="reporter", name="email_index"),
        migrations.AlterField(
            model_name="timelineentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("SUBMITTED", "Meldung abgeschickt"),
                    ("STATE", "Stand geändert"),
                    ("ANSWER", "Auskunft"),
                    ("NOTE", "Notiz"),
                    ("ASSIGNED", "Zuständigkeit"),
                    ("RELEASED", "Freigabe"),
                    ("CATEGORY", "Kategorie geändert"),
                    ("REPLY", "Antwort der meldenden Person"),
                ],
                max_length=12,
            ),
        ),
    ]
