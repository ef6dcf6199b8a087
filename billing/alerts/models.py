# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Thresholds, who is told, the months in which they were reached, and documents people were told of."""

from __future__ import annotations

from django.db import models

from verbund.accounts.models import Person

_METER_LENGTH, _NUMBER_LENGTH = 64, 40


class Threshold(models.Model):
    """So much in a month, in the meter's unit; without a meter it is the month's costs in cents."""

    meter = models.CharField(max_length=_METER_LENGTH, blank=True)
    amount = models.BigIntegerField()

    class Meta:
        ordering = ["meter", "amount"]
        constraints = [
            models.UniqueConstraint(fields=["meter", "amount"], name="billing_threshold_once"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="billing_threshold_positive"),
        ]


class Recipient(models.Model):
    """Somebody who gets a mail when the threshold is reached."""

    threshold = models.ForeignKey(Threshold, on_delete=models.CASCADE, related_name="recipients")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["threshold", "person"], name="billing_recipient_once"),
        ]


class Crossing(models.Model):
    """The month in which a threshold was reached, and what was counted then; its row makes every repetition silent."""

    threshold = models.ForeignKey(Threshold, on_delete=models.CASCADE, related_name="crossings")
    month = models.DateField()
    value = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(fields=["threshold", "month"], name="billing_crossing_once"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="billing_crossing_of_a_month"),
        ]


class DocumentNotice(models.Model):
    """A document of the association the people here were told of; its row makes every repetition silent."""

    number = models.CharField(max_length=_NUMBER_LENGTH, unique=True)
    at = models.DateTimeField()


class DocumentMailDeclined(models.Model):
    """Somebody who wants no mail about new documents. Without a row they are told."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
