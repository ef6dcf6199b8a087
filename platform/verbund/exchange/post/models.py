# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The association's side: it can read neither a message nor a private key, and cannot write in anybody's name."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    WAITING = "WAITING", _("wartet")
    DELIVERED = "DELIVERED", _("zugestellt")
    REFUSED = "REFUSED", _("abgewiesen")
    EXPIRED = "EXPIRED", _("abgelaufen")


class PublicKey(models.Model):
    """The public halves of a municipality's key pair, as PEM."""

    tenant = models.BigIntegerField()
    key_id = models.CharField(max_length=16)
    sealing = models.TextField()
    signing = models.TextField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key_id"], name="exchange_post_key_once"),
            models.UniqueConstraint(
                fields=["tenant"], condition=models.Q(retired_at=None), name="exchange_post_key_one_current"
            ),
        ]


class Message(models.Model):
    """A sealed message on its way. What it says of itself is bound to its contents and signed by its sender."""

    id = models.UUIDField(primary_key=True)
    sender = models.BigIntegerField()
    receiver = models.BigIntegerField()
    kind = models.CharField(max_length=80)
    in_reply_to = models.UUIDField(null=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sealed = models.BinaryField()
    signature = models.BinaryField()
    sender_key = models.CharField(max_length=16)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["receiver", "next_try_at"],
                condition=models.Q(state="WAITING"),
                name="exchange_post_due",
            ),
            models.Index(fields=["sender"], name="exchange_post_sender"),
        ]
