# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A chain may reach a place twice, when it was put back to an earlier day in between."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit_anchors", "0001_initial")]
    operations = [
        migrations.RemoveConstraint(model_name="auditanchor", name="audit_anchor_position"),
        migrations.AddConstraint(
            model_name="auditanchor",
            constraint=models.UniqueConstraint(
                fields=("scope", "position", "hash"), name="audit_anchor_place"
            ),
        ),
    ]
