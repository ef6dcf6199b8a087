# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Counted business facts on their way to the ledger, and who was active while it matters."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Fact(models.Model):
    """Something that happened and is counted. Its key is its sequence number in the ledger.

    The application may add rows and note that they were pushed; it can neither change nor remove them.
    """

    id = models.BigAutoField(primary_key=True)
    meter = models.CharField(max_length=64)
    quantity = models.BigIntegerField()
    occurred_at = models.DateTimeField()
    dimensions = models.JSONField(default=dict)
    recorded_at = models.DateTimeField(db_default=Now())
    pushed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "metering_fact"
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(pushed_at__isnull=True), name="metering_fact_unpushed"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="metering_fact_positive")
        ]


class ActivePerson(models.Model):
    """Somebody signed in who was active on a day or in a month; ``person`` is another number in each of them."""

    pk = models.CompositePrimaryKey("span", "first", "person")
    span = models.CharField(max_length=5)
    first = models.DateField()
    person = models.BinaryField(max_length=32)

    class Meta:
        db_table = "metering_activeperson"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(span__in=["day", "month"]), name="metering_activeperson_span"
            )
        ]
