# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody of another municipality may stand in, for a while."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="ends_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="person",
            name="home",
            field=models.CharField(blank=True, db_default="", default="", max_length=100),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ends_on", None), ("home", "")),
                    models.Q(models.Q(("home", ""), _negated=True), ("ends_on__isnull", False)),
                    _connector="OR",
                ),
                name="accounts_person_stand_in",
            ),
        ),
    ]
