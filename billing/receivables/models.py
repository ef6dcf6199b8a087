# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents as the accounts see them, payments, and what was set against what, in the association's schema.

Items and payments are added and never edited; triggers (migration 0002) keep it so. What is open follows from the clearings
that were not withdrawn.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from billing.costs.models import CODE_LENGTH, REASON_LENGTH, Regime
from tenants.models import Tenant
from verbund.vault.fields import EncryptedTextField

NUMBER_LENGTH, REFERENCE_LENGTH, ENTRY_LENGTH, TEXT_LENGTH = 36, 35, 140, 300


class DocumentKind(models.TextChoices):
    """OPENING is a claim from before, taken over from another program; it was booked there."""

    NOTICE = "NOTICE", _("Umlagebescheid")
    INVOICE = "INVOICE", _("Rechnung")
    CORRECTION = "CORRECTION", _("Rechnungskorrektur")
    REVOCATION = "REVOCATION", _("Aufhebungsbescheid")
    OPENING = "OPENING", _("übernommener Posten")


class Item(models.Model):
    """One document: who owes how much by when. ``cents`` are gross; what the association owes is negative."""

    number = models.CharField(max_length=NUMBER_LENGTH, unique=True)
    kind = models.CharField(max_length=10, choices=DocumentKind.choices)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(null=True)
    issued_on = models.DateField()
    due_on = models.DateField()
    cents = models.BigIntegerField()
    reference = models.CharField(max_length=REFERENCE_LENGTH)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["due_on", "number"]
        constraints = [
            models.CheckConstraint(condition=Q(month=None) | Q(month__day=1), name="billing_item_of_a_month"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("issued_on")), name="billing_item_due_after_issue"
            ),
            models.CheckConstraint(
                condition=Q(kind=DocumentKind.OPENING, month=None)
                | (~Q(kind=DocumentKind.OPENING) & Q(month__isnull=False)),
                name="billing_item_has_its_month",
            ),
        ]

    @property
    def kind_label(self) -> str:
        return str(DocumentKind(self.kind).label)


class ItemLine(models.Model):
    """What an item is made of, as far as the accounts ask: service, regime, net and tax in cents."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    service = models.CharField(max_length=CODE_LENGTH, blank=True)
    cost_centre = models.CharField(max_length=CODE_LENGTH, blank=True)
    regime = models.CharField(max_length=4, choices=Regime.choices)
    text = models.CharField(max_length=TEXT_LENGTH)
    net_cents = models.BigIntegerField()
    tax_cents = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["item_id", "position"]
        constraints = [models.UniqueConstraint(fields=["item", "position"], name="billing_item_line_once")]


class Payment(models.Model):
    """An entry of the bank's statement; ``entry`` is the bank's own reference, so that it is taken once. A return is negative."""

    entry = models.CharField(max_length=ENTRY_LENGTH, unique=True)
    booked_on = models.DateField()
    cents = models.BigIntegerField()
    payer = EncryptedTextField(default="")
    text = EncryptedTextField(default="")
    file_sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-booked_on", "-id"]


class Clearing(models.Model):
    """So many cents of an item are settled, by a payment or by another item. Withdrawn, never deleted."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="clearings")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, null=True, related_name="clearings")
    counter = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, related_name="+")
    cents = models.BigIntegerField()
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["item_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(payment__isnull=False, counter=None) | Q(payment=None, counter__isnull=False),
                name="billing_clearing_by_one",
            ),
            models.CheckConstraint(condition=~Q(cents=0), name="billing_clearing_of_something"),
        ]
