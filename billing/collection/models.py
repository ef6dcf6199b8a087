# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The creditor, mandates of members and files of direct debits, in the association's schema."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from billing.receivables.models import Item
from tenants.models import Tenant
from verbund.vault.fields import EncryptedTextField

NAME_LENGTH, REFERENCE_LENGTH = 70, 35


class Scheme(models.TextChoices):
    """The rule book a mandate was given under."""

    CORE = "CORE", _("Basislastschrift")
    B2B = "B2B", _("Firmenlastschrift")


class Creditor(models.Model):
    """Who collects: the association with its creditor identifier. The last row counts; earlier ones explain earlier files."""

    name = models.CharField(max_length=NAME_LENGTH)
    iban = models.CharField(max_length=34)
    identifier = models.CharField(max_length=35)
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]


class Mandate(models.Model):
    """What a member allowed: its reference never changes. Ended, never deleted."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=REFERENCE_LENGTH, unique=True)
    scheme = models.CharField(max_length=4, choices=Scheme.choices)
    signed_on = models.DateField()
    holder = models.CharField(max_length=NAME_LENGTH)
    iban = EncryptedTextField()
    ended_on = models.DateField(null=True)
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["tenant_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant"], condition=Q(ended_on=None), name="billing_mandate_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("signed_on")),
                name="billing_mandate_ends_after_it_begins",
            ),
        ]


class Collection(models.Model):
    """A file of direct debits as it was handed out; written once, so that a repeated download gives the same bytes."""

    message_id = models.CharField(max_length=REFERENCE_LENGTH, unique=True)
    scheme = models.CharField(max_length=4, choices=Scheme.choices)
    collect_on = models.DateField()
    content = EncryptedTextField()
    sha256 = models.CharField(max_length=64)
    cents = models.BigIntegerField()
    made_by = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]


class CollectedItem(models.Model):
    """A document that is being collected: once at a time. ``returned_at``: the bank gave it back, it may be tried again."""

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="items")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="collected")
    cents = models.BigIntegerField()
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(returned_at=None), name="billing_item_collected_once"
            ),
            models.CheckConstraint(condition=Q(cents__gt=0), name="billing_collected_is_positive"),
        ]
