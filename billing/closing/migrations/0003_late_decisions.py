# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was decided about usage that came late; rows are only added."""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE TRIGGER billing_closing_latedecision_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON billing_closing_latedecision
  FOR EACH STATEMENT EXECUTE FUNCTION billing_only_added();
DO $do$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON billing_closing_latedecision FROM %I', current_schema());
END
$do$;
"""
BACKWARD = "DROP TRIGGER billing_closing_latedecision_kept ON billing_closing_latedecision;"


class Migration(migrations.Migration):
    dependencies = [
        ("billing_closing", "0002_protection"),
        ("tenants", "0005_in_place"),
    ]

    operations = [
        migrations.CreateModel(
            name="LateDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("meter", models.CharField(max_length=64)),
                ("day", models.DateField()),
                ("quantity", models.BigIntegerField()),
                ("reason", models.CharField(max_length=500)),
                ("decided_by", models.BigIntegerField()),
                ("decided_at", models.DateTimeField()),
                (
                    "adjustment",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="late",
                        to="billing_closing.adjustment",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="late_decisions",
                        to="billing_closing.billingperiod",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenants.tenant"
                    ),
                ),
            ],
            options={
                "ordering": ["period_id", "tenant_id", "meter", "day", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="billing_late_decided_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity", 0), _negated=True),
                        name="billing_late_decided_about_something",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
