# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The municipality's side: its key pairs, what it sends, and which messages it has taken already."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.vault.fields import EncryptedTextField


class State(models.TextChoices):
    """What became of a message, as its sender knows it."""

    WAITING = "WAITING", _("wartet")
    TAKEN = "TAKEN", _("unterwegs")
    DELIVERED = "DELIVERED", _("zugestellt")
    UNDELIVERABLE = "UNDELIVERABLE", _("nicht zustellbar")
    WITHDRAWN = "WITHDRAWN", _("zurückgenommen")


class KeyPair(models.Model):
    """What others seal for this municipality with (X25519), and what it signs with (Ed25519), as PEM."""

    key_id = models.CharField(max_length=16, unique=True)
    sealing = EncryptedTextField()
    signing = EncryptedTextField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["retired_at"], nulls_distinct=False, condition=models.Q(retired_at=None),
                name="exchange_keypair_one_current",
            )
        ]  # fmt: skip


class Outgoing(models.Model):
    """One message to one municipality. The body goes when it is delivered, withdrawn or given up."""

    id = models.UUIDField(primary_key=True)
    receiver = models.BigIntegerField()
    kind = models.CharField(max_length=80)
    in_reply_to = models.UUIDField(null=True)
    body = EncryptedTextField(null=True)
    state = models.CharField(max_length=14, choices=State.choices, default=State.WAITING)
    queued_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    posted_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state__in=["WAITING", "TAKEN"]),
                name="exchange_outgoing_open",
            )
        ]


class Received(models.Model):
    """A message that was taken: its id is never taken again."""

    id = models.UUIDField(primary_key=True)
    sender = models.BigIntegerField()
    kind = models.CharField(max_length=80)
    received_at = models.DateTimeField(db_index=True)
