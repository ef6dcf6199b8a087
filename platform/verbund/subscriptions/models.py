# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who wants to hear of what, what has happened, and what somebody is still to be told."""

from __future__ import annotations

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verbund.places.boxes import BoxField
from verbund.vault.fields import EncryptedTextField


class Rhythm(models.TextChoices):
    AT_ONCE = "at_once", _("sofort, wenn es etwas Neues gibt")
    WEEKLY = "weekly", _("einmal in der Woche, am Montagmorgen")


class Subscription(models.Model):
    """Somebody's mailbox and the area they care about: a circle, or without a radius the whole municipality.

    Whoever knows the secret of its links may change and end it. The secret is kept sealed, because each mail carries
    it, and is found by its SHA-256. Nothing is sent before ``confirmed_at`` and while ``paused_at`` is set. With
    ``bounced_at`` it was paused because the mailbox is gone, and goes some time later.
    """

    email = EncryptedTextField()
    email_index = models.BinaryField(max_length=32, db_index=True)
    address = EncryptedTextField(default="")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    radius_m = models.PositiveIntegerField(null=True)
    box = BoxField(null=True)
    topics = models.JSONField(default=list)
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices)
    secret = EncryptedTextField()
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True, db_index=True)
    reminded_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Abonnement")
        indexes = [GistIndex(fields=["box"], name="subscriptions_box")]
        constraints = [
            models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="subscriptions_rhythm"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None, radius_m=None, box=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    radius_m__isnull=False,
                    box__isnull=False,
                ),
                name="subscriptions_area",
            ),
        ]


class Happening(models.Model):
    """Something happened to an object of a topic and nobody has been noted for it yet. It goes when that is done."""

    topic = models.CharField(max_length=40)
    key = models.CharField(max_length=60)
    is_new = models.BooleanField()
    at = models.DateTimeField()


class Notice(models.Model):
    """Somebody is to be told of an object; what, is asked for when the mail is written. It goes with the mail."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="notices")
    topic = models.CharField(max_length=40)
    key = models.CharField(max_length=60)
    is_new = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subscription", "topic", "key"], name="subscriptions_notice_once"
            ),
        ]
