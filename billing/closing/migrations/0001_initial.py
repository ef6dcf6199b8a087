# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Billing periods, runs, statements and corrections."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenants", "0005_in_place"),
        ("billing_costs", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Adjustment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("meter", models.CharField(blank=True, max_length=64)),
                ("day", models.DateField(null=True)),
                ("quantity", models.BigIntegerField(null=True)),
                ("cents", models.BigIntegerField(null=True)),
                ("reason", models.CharField(max_length=500)),
                ("requested_by", models.BigIntegerField()),
                ("requested_at", models.DateTimeField()),
                ("approved_by", models.BigIntegerField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["period_id", "id"],
            },
        ),
        migrations.CreateModel(
            name="BillingPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("OPEN", "offen"),
                            ("GRACE", "Nachfrist"),
                            ("CALCULATED", "berechnet"),
                            ("APPROVED", "freigegeben"),
                            ("ISSUED", "Dokumente ausgestellt"),
                            ("CLOSED", "abgeschlossen"),
                        ],
                        db_default="OPEN",
                        default="OPEN",
                        max_length=10,
                    ),
                ),
                ("grace_until", models.DateField(null=True)),
                ("approved_by", models.BigIntegerField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("issued_by", models.BigIntegerField(null=True)),
                ("issued_at", models.DateTimeField(null=True)),
                ("closed_by", models.BigIntegerField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-month"],
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person", models.BigIntegerField()),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("calculated", "calculated"),
                            ("corrected", "corrected"),
                            ("key", "key"),
                            ("price", "price"),
                            ("cost", "cost"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["period_id", "at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("engine", models.CharField(max_length=40)),
                ("input_sha256", models.CharField(max_length=64)),
                ("record", models.BinaryField()),
                ("statements_record", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("cents", models.BigIntegerField()),
                ("calculated_by", models.BigIntegerField(null=True)),
                ("calculated_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["period_id", "number"],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cents", models.BigIntegerField()),
            ],
            options={
                "ordering": ["run_id", "tenant_id"],
            },
        ),
        migrations.CreateModel(
            name="StatementLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("share", "share"),
                            ("base_fee", "base_fee"),
                            ("usage", "usage"),
                            ("advance", "advance"),
                            ("true_up", "true_up"),
                            ("correction", "correction"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "regime",
                    models.CharField(
                        choices=[
                            ("LEVY", "Umlage, nicht steuerbar"),
                            ("PUB", "hoheitlich, § 2b UStG"),
                            ("CSG", "Kostengemeinschaft, § 4 Nr. 29 UStG"),
                            ("STD", "steuerpflichtig"),
                        ],
                        max_length=4,
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("meter", models.CharField(blank=True, max_length=64)),
                ("quantity", models.BigIntegerField(null=True)),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("numerator", models.DecimalField(decimal_places=0, max_digits=200, null=True)),
                ("denominator", models.DecimalField(decimal_places=0, max_digits=200, null=True)),
                ("net_cents", models.BigIntegerField()),
                ("reason", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["statement_id", "position"],
            },
        ),
        migrations.AddField(
            model_name="adjustment",
            name="cost_centre",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing_costs.costcentre",
            ),
        ),
        migrations.AddField(
            model_name="adjustment",
            name="service",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing_costs.service",
            ),
        ),
        migrations.AddField(
            model_name="adjustment",
            name="tenant",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenants.tenant"
            ),
        ),
        migrations.AddField(
            model_name="adjustment",
            name="origin",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrected_by",
                to="billing_closing.billingperiod",
            ),
        ),
        migrations.AddField(
            model_name="adjustment",
            name="period",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adjustments",
                to="billing_closing.billingperiod",
            ),
        ),
        migrations.AddField(
            model_name="participation",
            name="period",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="participations",
                to="billing_closing.billingperiod",
            ),
        ),
        migrations.AddField(
            model_name="run",
            name="period",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="runs",
                to="billing_closing.billingperiod",
            ),
        ),
        migrations.AddField(
            model_name="billingperiod",
            name="run",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing_closing.run",
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="statements",
                to="billing_closing.run",
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="tenant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenants.tenant"
            ),
        ),
        migrations.AddField(
            model_name="statementline",
            name="cost_centre",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing_costs.costcentre",
            ),
        ),
        migrations.AddField(
            model_name="statementline",
            name="key_version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing_costs.keyversion",
            ),
        ),
        migrations.AddField(
            model_name="statementline",
            name="origin",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing_closing.billingperiod",
            ),
        ),
        migrations.AddField(
            model_name="statementline",
            name="price_version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="billing_costs.priceversion",
            ),
        ),
        migrations.AddField(
            model_name="statementline",
            name="service",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing_costs.service"
            ),
        ),
        migrations.AddField(
            model_name="statementline",
            name="statement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="billing_closing.statement",
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", None),
                    models.Q(("approved_by", models.F("requested_by")), _negated=True),
                    _connector="OR",
                ),
                name="billing_adjustment_two_persons",
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.CheckConstraint(
                condition=models.Q(("approved_at", None), ("withdrawn_at", None), _connector="OR"),
                name="billing_adjustment_ended_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="billing_adjustment_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("meter", ""), _negated=True),
                        ("cents", None),
                        ("cost_centre", None),
                        ("day__isnull", False),
                        ("quantity__isnull", False),
                        ("service", None),
                        ("tenant__isnull", False),
                    ),
                    models.Q(
                        ("cents__isnull", False),
                        ("cost_centre__isnull", False),
                        ("day", None),
                        ("meter", ""),
                        ("quantity", None),
                        ("service", None),
                        ("tenant", None),
                    ),
                    models.Q(
                        ("cents__isnull", False),
                        ("cost_centre", None),
                        ("day", None),
                        ("meter", ""),
                        ("quantity", None),
                        ("service__isnull", False),
                        ("tenant__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="billing_adjustment_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.UniqueConstraint(
                fields=("period", "person", "act"), name="billing_participation_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(fields=("period", "number"), name="billing_run_once"),
        ),
        migrations.AddConstraint(
            model_name="billingperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="billing_period_is_a_month"
            ),
        ),
        migrations.AddConstraint(
            model_name="billingperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("run", None), ("state__in", ["OPEN", "GRACE"])),
                    models.Q(
                        models.Q(("state__in", ["OPEN", "GRACE"]), _negated=True), ("run__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="billing_period_calculated_has_a_run",
            ),
        ),
        migrations.AddConstraint(
            model_name="billingperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_by", None), ("state__in", ["OPEN", "GRACE", "CALCULATED"])),
                    models.Q(
                        models.Q(("state__in", ["OPEN", "GRACE", "CALCULATED"]), _negated=True),
                        ("approved_at__isnull", False),
                        ("approved_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="billing_period_approved_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(fields=("run", "tenant"), name="billing_statement_once"),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.UniqueConstraint(fields=("statement", "position"), name="billing_line_once"),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "correction"), ("origin__isnull", False)),
                    models.Q(models.Q(("kind", "correction"), _negated=True), ("origin", None)),
                    _connector="OR",
                ),
                name="billing_line_correction_has_its_month",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("denominator", None), ("numerator", None)),
                    models.Q(("denominator__gt", 0), ("numerator__isnull", False)),
                    _connector="OR",
                ),
                name="billing_line_fraction",
            ),
        ),
    ]
