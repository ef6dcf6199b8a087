# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Creditor, mandates and direct debits."""

import django.db.models.deletion
import verbund.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("billing_receivables", "0001_initial"),
        ("tenants", "0005_in_place"),
    ]

    operations = [
        migrations.CreateModel(
            name="Collection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("message_id", models.CharField(max_length=35, unique=True)),
                (
                    "scheme",
                    models.CharField(
                        choices=[("CORE", "Basislastschrift"), ("B2B", "Firmenlastschrift")], max_length=4
                    ),
                ),
                ("collect_on", models.DateField()),
                ("content", verbund.vault.fields.EncryptedTextField()),
                ("sha256", models.CharField(max_length=64)),
                ("cents", models.BigIntegerField()),
                ("made_by", models.CharField(blank=True, max_length=80)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Creditor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=70)),
                ("iban", models.CharField(max_length=34)),
                ("identifier", models.CharField(max_length=35)),
                ("entered_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=35, unique=True)),
                (
                    "scheme",
                    models.CharField(
                        choices=[("CORE", "Basislastschrift"), ("B2B", "Firmenlastschrift")], max_length=4
                    ),
                ),
                ("signed_on", models.DateField()),
                ("holder", models.CharField(max_length=70)),
                ("iban", verbund.vault.fields.EncryptedTextField()),
                ("ended_on", models.DateField(null=True)),
                ("entered_at", models.DateTimeField()),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenants.tenant"
                    ),
                ),
            ],
            options={
                "ordering": ["tenant_id", "id"],
            },
        ),
        migrations.CreateModel(
            name="CollectedItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cents", models.BigIntegerField()),
                ("returned_at", models.DateTimeField(null=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing_receivables.item",
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="billing_collection.collection",
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="collected",
                        to="billing_collection.mandate",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on", None)),
                fields=("tenant",),
                name="billing_mandate_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_on", None), ("ended_on__gte", models.F("signed_on")), _connector="OR"
                ),
                name="billing_mandate_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="collecteditem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("returned_at", None)),
                fields=("item",),
                name="billing_item_collected_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="collecteditem",
            constraint=models.CheckConstraint(
                condition=models.Q(("cents__gt", 0)), name="billing_collected_is_positive"
            ),
        ),
    ]
