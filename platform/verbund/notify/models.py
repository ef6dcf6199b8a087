# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mail that waits, was sent or could not be sent; what identifies the recipient is encrypted."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.vault.fields import EncryptedTextField

# What identifies the recipient.
SEALED = ("recipient", "subject", "text", "html", "unsubscribe_url")


class State(models.TextChoices):
    QUEUED = "QUEUED", _("wartet")
    SENT = "SENT", _("versendet")
    FAILED = "FAILED", _("nicht zustellbar")


class MailText(models.Model):
    """What this municipality writes instead of the supplied text of a kind of mail."""

    kind = models.CharField(max_length=80, unique=True)
    subject = models.CharField(max_length=150)
    body = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Text einer E-Mail")


class Security(models.TextChoices):
    STARTTLS = "STARTTLS", _("STARTTLS (meist Port 587)")
    TLS = "TLS", _("TLS von Anfang an (meist Port 465)")
    NONE = "NONE", _("unverschlüsselt (nur im eigenen Netz)")


class MailServer(models.Model):
    """The municipality's own way out for its mail: one row at most, in use once a trial went well.

    The password lies in Vault under ``revision``. ``key`` is whose it is: a copy of the data under another number has
    no password and uses the association's server.
    """

    id = models.BigIntegerField(primary_key=True, default=1)
    key = models.CharField(max_length=20)
    revision = models.UUIDField(default=uuid.uuid4)
    sender_address = models.EmailField()
    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField()
    security = models.CharField(max_length=8, choices=Security.choices)
    username = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("Mailserver der Kommune")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="notify_mailserver_single")]


class Outbox(models.Model):
    """One mail to one recipient. The encrypted columns are emptied some time after the sending."""

    kind = models.CharField(max_length=80)
    reference = models.CharField(max_length=80, blank=True)
    recipient = EncryptedTextField(null=True)
    subject = EncryptedTextField(null=True)
    text = EncryptedTextField(null=True)
    html = EncryptedTextField(null=True)
    unsubscribe_url = EncryptedTextField(null=True)
    message_key = models.UUIDField(default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("E-Mail")
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=models.Q(state="QUEUED"), name="notify_outbox_due"
            ),
            models.Index(fields=["reference"], name="notify_outbox_reference"),
        ]
