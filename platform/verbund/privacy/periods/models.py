# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Periods that a municipality changed, cases it holds back, and what has gone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class Period(models.Model):
    """Another period than the usual one for a kind of object.

    Until ``shorter_from`` the longer ``months_before`` still counts: a change that was a mistake must not delete anything
    before somebody can take it back.
    """

    slug = models.CharField(max_length=40)
    months = models.PositiveSmallIntegerField()
    months_before = models.PositiveSmallIntegerField()
    shorter_from = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slug"], name="privacy_period_slug")]

    @override
    def __str__(self) -> str:
        return self.slug


class Why(models.TextChoices):
    """Why something is not deleted though its period is over."""

    DISPUTE = "DISPUTE", _("Rechtsstreit oder Widerspruch")
    REVIEW = "REVIEW", _("Prüfung durch Aufsicht oder Rechnungsprüfung")
    PERSON = "PERSON", _("Antrag der betroffenen Person (Art. 18 DSGVO)")
    DAMAGE = "DAMAGE", _("Schaden oder Haftung noch offen")


class Hold(models.Model):
    """A case that is not deleted before a day of Berlin has passed. One for each case; it goes with its case."""

    reference = models.CharField(max_length=30)
    kind = models.CharField(max_length=40)
    why = models.CharField(max_length=10, choices=Why.choices)
    until_on = models.DateField()
    placed_at = models.DateTimeField()
    placed_by = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["until_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["reference"], name="privacy_hold_reference")]


class Tombstone(models.Model):
    """Something that was deleted because its period was over: its number, which leads to nobody any more."""

    slug = models.CharField(max_length=40)
    key = models.CharField(max_length=60)
    months = models.PositiveSmallIntegerField()
    closed_at = models.DateTimeField()
    deleted_at = models.DateTimeField()

    class Meta:
        ordering = ["-deleted_at", "-pk"]
        indexes = [models.Index(fields=["slug", "-deleted_at"], name="privacy_tombstone_latest")]
