# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents, payments and clearings."""

import django.db.models.deletion
import verbund.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenants", "0005_in_place"),
    ]

    operations = [
        migrations.CreateModel(
            name="Payment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entry", models.CharField(max_length=140, unique=True)),
                ("booked_on", models.DateField()),
                ("cents", models.BigIntegerField()),
                ("payer", verbund.vault.fields.EncryptedTextField(default="")),
                ("text", verbund.vault.fields.EncryptedTextField(default="")),
                ("file_sha256", models.CharField(max_length=64)),
                ("taken_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-booked_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=36, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("NOTICE", "Umlagebescheid"),
                            ("INVOICE", "Rechnung"),
                            ("CORRECTION", "Rechnungskorrektur"),
                            ("REVOCATION", "Aufhebungsbescheid"),
                            ("OPENING", "übernommener Posten"),
                        ],
                        max_length=10,
                    ),
                ),
                ("month", models.DateField(null=True)),
                ("issued_on", models.DateField()),
                ("due_on", models.DateField()),
                ("cents", models.BigIntegerField()),
                ("reference", models.CharField(max_length=35)),
                ("taken_at", models.DateTimeField()),
                (
                    "reverses",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="billing_receivables.item",
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
                "ordering": ["due_on", "number"],
            },
        ),
        migrations.CreateModel(
            name="ItemLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("service", models.CharField(blank=True, max_length=40)),
                ("cost_centre", models.CharField(blank=True, max_length=40)),
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
                ("net_cents", models.BigIntegerField()),
                ("tax_cents", models.BigIntegerField(db_default=0, default=0)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="billing_receivables.item",
                    ),
                ),
            ],
            options={
                "ordering": ["item_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="Clearing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cents", models.BigIntegerField()),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("made_by", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "counter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing_receivables.item",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clearings",
                        to="billing_receivables.item",
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clearings",
                        to="billing_receivables.payment",
                    ),
                ),
            ],
            options={
                "ordering": ["item_id", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("month", None), ("month__day", 1), _connector="OR"),
                name="billing_item_of_a_month",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("issued_on"))),
                name="billing_item_due_after_issue",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "OPENING"), ("month", None)),
                    models.Q(models.Q(("kind", "OPENING"), _negated=True), ("month__isnull", False)),
                    _connector="OR",
                ),
                name="billing_item_has_its_month",
            ),
        ),
        migrations.AddConstraint(
            model_name="itemline",
            constraint=models.UniqueConstraint(fields=("item", "position"), name="billing_item_line_once"),
        ),
        migrations.AddConstraint(
            model_name="clearing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("counter", None), ("payment__isnull", False)),
                    models.Q(("counter__isnull", False), ("payment", None)),
                    _connector="OR",
                ),
                name="billing_clearing_by_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="clearing",
            constraint=models.CheckConstraint(
                condition=models.Q(("cents", 0), _negated=True), name="billing_clearing_of_something"
            ),
        ),
    ]
