# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Accounts, export profiles and what was exported, in the association's schema."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from billing.costs.models import CODE_LENGTH, NAME_LENGTH, Regime
from billing.receivables.models import Item
from tenants.models import Tenant

ACCOUNT_LENGTH, TAX_KEY_LENGTH, FILE_LENGTH = 20, 10, 120


class MemberAccount(models.Model):
    """The account of a member in the accounting program (Personenkonto, Debitor)."""

    tenant = models.OneToOneField(Tenant, on_delete=models.PROTECT, related_name="+")
    account = models.CharField(max_length=ACCOUNT_LENGTH, unique=True)


class IncomeAccount(models.Model):
    """Where income of a regime goes; with a service only that of this service, which comes before the general one."""

    regime = models.CharField(max_length=4, choices=Regime.choices)
    service = models.CharField(max_length=CODE_LENGTH, blank=True)
    account = models.CharField(max_length=ACCOUNT_LENGTH)
    tax_key = models.CharField(max_length=TAX_KEY_LENGTH, blank=True)
    product = models.CharField(max_length=ACCOUNT_LENGTH, blank=True)

    class Meta:
        ordering = ["regime", "service"]
        constraints = [
            models.UniqueConstraint(fields=["regime", "service"], name="billing_income_account_once")
        ]


class Profile(models.Model):
    """How a file is written; ``definition`` is what `billing.postings.profiles` reads. A shipped profile has a row once it was changed."""

    slug = models.SlugField(max_length=CODE_LENGTH, unique=True)
    title = models.CharField(max_length=NAME_LENGTH)
    definition = models.JSONField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["title"]


class PostingBatch(models.Model):
    """A file as it was handed out; written once, so that a repeated download gives the same bytes."""

    profile = models.CharField(max_length=CODE_LENGTH)
    month = models.DateField()
    filename = models.CharField(max_length=FILE_LENGTH)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    postings = models.PositiveIntegerField()
    cents = models.BigIntegerField()
    made_by = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="billing_batch_of_a_month"),
            models.CheckConstraint(condition=Q(postings__gt=0), name="billing_batch_not_empty"),
        ]


class PostedItem(models.Model):
    """A document that is in a batch: once for each profile, whatever happens at the same moment."""

    batch = models.ForeignKey(PostingBatch, on_delete=models.PROTECT, related_name="items")
    profile = models.CharField(max_length=CODE_LENGTH)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["profile", "item"], name="billing_item_posted_once")]
