# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ledger of usage in the association's schema: what was received, and what it adds up to."""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.functions import Now


class UsageBatch(models.Model):
    """A batch that was counted. Its key makes every repetition a no-op, for ever."""

    pk = models.CompositePrimaryKey("producer", "seq")
    producer = models.CharField(max_length=64)
    seq = models.BigIntegerField()
    n = models.BigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    received_at = models.DateTimeField(db_default=Now())

    class Meta:
        # Batches are only added, so a day of them is a few blocks.
        indexes = [BrinIndex(fields=["received_at"], autosummarize=True, name="metering_batch_received")]


class UsageCounter(models.Model):
    """What was used within one hour (UTC). ``n`` events made up ``quantity`` units; tenant 0 is the association."""

    pk = models.CompositePrimaryKey("tenant", "hour", "meter", "dimension_hash")
    tenant = models.BigIntegerField()
    hour = models.DateTimeField()
    meter = models.CharField(max_length=64)
    dimension_hash = models.BigIntegerField()
    dimensions = models.JSONField(default=dict)
    quantity = models.BigIntegerField()
    n = models.BigIntegerField()

    class Meta:
        # Rows come in the order of their hours, so a day of all tenants is a few blocks; it costs a counter nothing.
        indexes = [
            BrinIndex(fields=["hour"], pages_per_range=16, autosummarize=True, name="metering_counter_hour")
        ]


class UsageDay(models.Model):
    """What was used on one day (Europe/Berlin): recomputed from the counters and replaced, never added to."""

    pk = models.CompositePrimaryKey("day", "tenant", "meter")
    day = models.DateField()
    tenant = models.BigIntegerField()
    meter = models.CharField(max_length=64)
    quantity = models.BigIntegerField()
    n = models.BigIntegerField()

    class Meta:
        # A member's year in one range; by the key it would be one for each day.
        indexes = [models.Index(fields=["tenant", "day"], name="metering_day_of_tenant")]


class UsageArrival(models.Model):
    """How many events of a meter arrived for a tenant and a month (Europe/Berlin), noted at the door.

    ``n`` is what was counted and what came late together; ``estimated`` so many of the counted were levels nobody
    measured. ``last_at`` is None for what came before this was kept.
    """

    pk = models.CompositePrimaryKey("tenant", "month", "meter")
    tenant = models.BigIntegerField()
    month = models.DateField()
    meter = models.CharField(max_length=64)
    n = models.BigIntegerField()
    estimated = models.BigIntegerField(default=0, db_default=0)
    last_at = models.DateTimeField(null=True)


class UsageStale(models.Model):
    """A day whose counters have changed since it was rolled up. Whoever adds to a counter touches its row."""

    pk = models.CompositePrimaryKey("tenant", "day")
    tenant = models.BigIntegerField()
    day = models.DateField()
    touched = models.BigIntegerField(default=1)


class UsageLate(models.Model):
    """What arrived after its day was sealed: kept apart, counted in no figure, booked as a correction or not at all."""

    pk = models.CompositePrimaryKey("producer", "seq", "tenant", "hour", "meter", "dimension_hash")
    producer = models.CharField(max_length=64)
    seq = models.BigIntegerField()
    tenant = models.BigIntegerField()
    hour = models.DateTimeField()
    meter = models.CharField(max_length=64)
    dimension_hash = models.BigIntegerField()
    dimensions = models.JSONField(default=dict)
    quantity = models.BigIntegerField()
    n = models.BigIntegerField()
    received_at = models.DateTimeField(db_default=Now())


class UsageSeal(models.Model):
    """A day or a month that is closed for counting: what it held, and the chain of all seals of its kind.

    ``rows`` are the counters of a day, the days of a month. ``value`` follows from ``previous`` and the rest of the row.
    """

    pk = models.CompositePrimaryKey("kind", "first")
    kind = models.CharField(max_length=5)
    first = models.DateField()
    rows = models.BigIntegerField()
    n = models.BigIntegerField()
    sums = models.JSONField(default=dict)
    sha256 = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    value = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["day", "month"]), name="metering_usageseal_kind"
            ),
        ]


class UsageBacklog(models.Model):
    """How many facts a municipality's schema held that were not pushed, when its pusher last looked."""

    tenant = models.BigIntegerField(primary_key=True)
    unpushed = models.BigIntegerField()
    oldest_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField()
