# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Accounts, profiles and what was exported."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("billing_receivables", "0001_initial"),
        ("tenants", "0005_in_place"),
    ]

    operations = [
        migrations.CreateModel(
            name="Profile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=40, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("definition", models.JSONField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["title"],
            },
        ),
        migrations.CreateModel(
            name="IncomeAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("service", models.CharField(blank=True, max_length=40)),
                ("account", models.CharField(max_length=20)),
                ("tax_key", models.CharField(blank=True, max_length=10)),
                ("product", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "ordering": ["regime", "service"],
                "constraints": [
                    models.UniqueConstraint(fields=("regime", "service"), name="billing_income_account_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account", models.CharField(max_length=20, unique=True)),
                (
                    "tenant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenants.tenant"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PostingBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("profile", models.CharField(max_length=40)),
                ("month", models.DateField()),
                ("filename", models.CharField(max_length=120)),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("postings", models.PositiveIntegerField()),
                ("cents", models.BigIntegerField()),
                ("made_by", models.CharField(blank=True, max_length=80)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="billing_batch_of_a_month"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("postings__gt", 0)), name="billing_batch_not_empty"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostedItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("profile", models.CharField(max_length=40)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing_receivables.item",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="billing_postings.postingbatch",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("profile", "item"), name="billing_item_posted_once")
                ],
            },
        ),
    ]
