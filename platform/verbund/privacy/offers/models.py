# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Offers to the competent archive: what, until when it may choose, and what it chose."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class Duty(models.Model):
    """Whether a kind of object is offered, where the municipality settled it otherwise than usual, and for how long."""

    slug = models.CharField(max_length=40, unique=True)
    is_offered = models.BooleanField()
    months = models.PositiveSmallIntegerField()
    changed_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return self.slug


class Offer(models.Model):
    """One batch of one kind. Without a word of the archive, what is in it may be deleted after ``answer_by`` (Berlin)."""

    slug = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    offered_at = models.DateTimeField()
    answer_by = models.DateField()
    decided_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["number"], name="privacy_offer_number")]

    @property
    def reference(self) -> str:
        """What both sides call it: `Anbietung 3`."""
        return _("Anbietung %(number)s") % {"number": self.number}


class Choice(models.TextChoices):
    """What the archive said to one record."""

    OPEN = "OPEN", _("noch offen")
    RELEASED = "RELEASED", _("zur Löschung freigegeben")
    TAKEN = "TAKEN", _("wird übernommen")


class OfferedRecord(models.Model):
    """One record of an offer; ``subject`` names nobody. It stays as evidence when the record itself is gone."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="records")
    slug = models.CharField(max_length=40)
    key = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    closed_at = models.DateTimeField()
    choice = models.CharField(max_length=8, choices=Choice.choices, default=Choice.OPEN)

    class Meta:
        ordering = ["closed_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["slug", "key"], name="privacy_offered_once")]
