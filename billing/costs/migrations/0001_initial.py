# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Costs, keys, services, prices, memberships and advances."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenants", "0005_in_place"),
    ]

    operations = [
        migrations.CreateModel(
            name="Service",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("module", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="KeyVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                ("version", models.PositiveIntegerField()),
                ("valid_from", models.DateField()),
                ("source", models.CharField(max_length=300)),
                ("definition", models.JSONField()),
                ("entered_by", models.BigIntegerField(null=True)),
                ("entered_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["key", "version"],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "version"), name="billing_key_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__day", 1)), name="billing_key_begins_with_a_month"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CostCentre",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("key", models.SlugField(max_length=40)),
                ("module", models.CharField(blank=True, max_length=40)),
                ("last_month", models.DateField(null=True)),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cost_centres",
                        to="billing_costs.service",
                    ),
                ),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Advance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_on", models.DateField()),
                ("version", models.PositiveIntegerField()),
                ("cents", models.BigIntegerField()),
                ("source", models.CharField(max_length=300)),
                ("entered_by", models.BigIntegerField(null=True)),
                ("entered_at", models.DateTimeField()),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenants.tenant"
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advances",
                        to="billing_costs.service",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "tenant_id", "service_id", "version"],
            },
        ),
        migrations.CreateModel(
            name="ActualCost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("cents", models.BigIntegerField()),
                ("source", models.CharField(max_length=300)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("entered_by", models.BigIntegerField(null=True)),
                ("entered_at", models.DateTimeField()),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="billing_costs.actualcost",
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="costs",
                        to="billing_costs.costcentre",
                    ),
                ),
            ],
            options={
                "ordering": ["month", "centre_id", "id"],
                "indexes": [models.Index(fields=["month"], name="billing_cost_month")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="billing_cost_of_a_month"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces", None), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="billing_cost_replaced_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first", models.DateField()),
                ("last", models.DateField(null=True)),
                ("source", models.CharField(max_length=300)),
                ("entered_by", models.BigIntegerField(null=True)),
                ("entered_at", models.DateTimeField()),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenants.tenant"
                    ),
                ),
            ],
            options={
                "ordering": ["tenant_id", "first"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last", None), ("last__gte", models.F("first")), _connector="OR"),
                        name="billing_membership_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RegimeVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("valid_from", models.DateField()),
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
                ("source", models.CharField(max_length=300)),
                ("entered_by", models.BigIntegerField(null=True)),
                ("entered_at", models.DateTimeField()),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="regimes",
                        to="billing_costs.service",
                    ),
                ),
            ],
            options={
                "ordering": ["service_id", "version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("service", "version"), name="billing_regime_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__day", 1)), name="billing_regime_begins_with_a_month"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("regime__in", ["LEVY", "PUB", "CSG", "STD"])),
                        name="billing_regime_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PriceVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("valid_from", models.DateField()),
                ("source", models.CharField(max_length=300)),
                ("definition", models.JSONField()),
                ("entered_by", models.BigIntegerField(null=True)),
                ("entered_at", models.DateTimeField()),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prices",
                        to="billing_costs.service",
                    ),
                ),
            ],
            options={
                "ordering": ["service_id", "version"],
                "constraints": [
                    models.UniqueConstraint(fields=("service", "version"), name="billing_price_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__day", 1)), name="billing_price_begins_with_a_month"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="costcentre",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_month", None), ("last_month__day", 1), _connector="OR"),
                name="billing_centre_ends_with_a_month",
            ),
        ),
        migrations.AddConstraint(
            model_name="advance",
            constraint=models.UniqueConstraint(
                fields=("tenant", "service", "due_on", "version"), name="billing_advance_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="advance",
            constraint=models.CheckConstraint(
                condition=models.Q(("cents__gte", 0)), name="billing_advance_not_negative"
            ),
        ),
    ]
