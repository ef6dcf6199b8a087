# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which other systems may report which usage of whom, and how many of their events became what."""

from __future__ import annotations

from django.db import models

SLUG_LENGTH = 20
METER_LENGTH = 64
_NAME_LENGTH = 100


class Producer(models.Model):
    """Another system. Its meters begin with its slug and a dot; ``tenants`` are the numbers of municipalities."""

    slug = models.CharField(max_length=SLUG_LENGTH, unique=True)
    title = models.CharField(max_length=_NAME_LENGTH)
    meters = models.JSONField(default=list)
    tenants = models.JSONField(default=list)
    registered_at = models.DateTimeField()


class ProducerKey(models.Model):
    """A key for programs that reports for this producer and for no other; ``token`` is its number in the accounts."""

    token = models.BigIntegerField(primary_key=True)
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="keys")


class EventTally(models.Model):
    """How many events of a producer arrived on a day (Europe/Berlin), and what became of them."""

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    accepted = models.BigIntegerField(default=0)
    duplicate = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["producer", "day"], name="billing_ingest_tally_once"),
        ]


class Rejection(models.Model):
    """How many events of a system were rejected on a day (Europe/Berlin) for one reason, and how the last of them named itself.

    ``tenant`` is 0 and ``meter`` empty where the event named none the system is registered for.
    """

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="rejections")
    day = models.DateField()
    tenant = models.BigIntegerField()
    meter = models.CharField(max_length=METER_LENGTH, blank=True)
    code = models.CharField(max_length=20)
    n = models.BigIntegerField(default=0)
    example = models.JSONField(default=dict)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["producer", "day", "tenant", "meter", "code"], name="billing_ingest_rejection_once"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "day"], name="billing_rejection_of_tenant")]
