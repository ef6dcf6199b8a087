# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Figures a cost is shared by, as they were published, in the association's schema."""

from __future__ import annotations

from django.db import models

_HASH_LENGTH = 64


class FigureSnapshot(models.Model):
    """The figures of one publication as of a day; written once and never edited."""

    series = models.CharField(max_length=40)
    reference_date = models.DateField()
    census = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=300)
    file_sha256 = models.CharField(max_length=_HASH_LENGTH)
    read_at = models.DateTimeField()
    read_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["series", "-reference_date", "census"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "reference_date", "census"], name="billing_snapshot_once"
            ),
        ]


class SnapshotFigure(models.Model):
    """One municipality's figure; ``ars`` is its official key, also where an Amt is the member."""

    snapshot = models.ForeignKey(FigureSnapshot, on_delete=models.CASCADE, related_name="figures")
    ars = models.CharField(max_length=12)
    name = models.CharField(max_length=200, blank=True)
    value = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "ars"], name="billing_figure_once"),
            models.CheckConstraint(condition=models.Q(value__gte=0), name="billing_figure_not_negative"),
        ]
