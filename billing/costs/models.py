# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Costs, keys, services, prices, memberships and advances, in the association's schema.

Rows are added and never edited: a later row replaces an earlier one, so that every old month can be explained.
Triggers of ``billing.closing`` (migration 0002) keep it so, and refuse what would change a calculated month.
``entered_by`` is the key of a person of the association, None for the platform itself.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tenants.models import Tenant

CODE_LENGTH, NAME_LENGTH, SOURCE_LENGTH, REASON_LENGTH = 40, 200, 300, 500


class Regime(models.TextChoices):
    """How a service is treated for VAT; the tax adviser decides, the table says since when."""

    LEVY = "LEVY", _("Umlage, nicht steuerbar")
    PUB = "PUB", _("hoheitlich, § 2b UStG")
    CSG = "CSG", _("Kostengemeinschaft, § 4 Nr. 29 UStG")
    STD = "STD", _("steuerpflichtig")


class Service(models.Model):
    """What a member gets and pays for; with a module only those who have booked it pay its prices."""

    code = models.SlugField(max_length=CODE_LENGTH, unique=True)
    title = models.CharField(max_length=NAME_LENGTH)
    module = models.CharField(max_length=CODE_LENGTH, blank=True)

    class Meta:
        ordering = ["code"]


class CostCentre(models.Model):
    """What is shared by one key; its shares are billed under the service. With a module only its users share."""

    code = models.SlugField(max_length=CODE_LENGTH, unique=True)
    title = models.CharField(max_length=NAME_LENGTH)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="cost_centres")
    key = models.SlugField(max_length=CODE_LENGTH)
    module = models.CharField(max_length=CODE_LENGTH, blank=True)
    last_month = models.DateField(null=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_month=None) | Q(last_month__day=1), name="billing_centre_ends_with_a_month"
            ),
        ]


class ActualCost(models.Model):
    """What a cost centre really cost in a month, in cents; a credit is negative.

    A wrong amount is replaced by a row that says why. What counts are the rows that no other replaces.
    """

    centre = models.ForeignKey(CostCentre, on_delete=models.PROTECT, related_name="costs")
    month = models.DateField()
    cents = models.BigIntegerField()
    source = models.CharField(max_length=SOURCE_LENGTH)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    entered_by = models.BigIntegerField(null=True)
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["month", "centre_id", "id"]
        indexes = [models.Index(fields=["month"], name="billing_cost_month")]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="billing_cost_of_a_month"),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(reason=""), name="billing_cost_replaced_with_reason"
            ),
        ]


class KeyVersion(models.Model):
    """A version of a key; ``definition`` is what `billing.allocation.keys` reads: parts, module, exempt, limits.

    Of two versions that begin on the same day the later one holds.
    """

    key = models.SlugField(max_length=CODE_LENGTH)
    name = models.CharField(max_length=NAME_LENGTH)
    version = models.PositiveIntegerField()
    valid_from = models.DateField()
    source = models.CharField(max_length=SOURCE_LENGTH)
    definition = models.JSONField()
    entered_by = models.BigIntegerField(null=True)
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["key", "version"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="billing_key_version_once"),
            models.CheckConstraint(condition=Q(valid_from__day=1), name="billing_key_begins_with_a_month"),
        ]


class RegimeVersion(models.Model):
    """Under which regime a service is billed from a day on; ``source`` is who decided it and how."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="regimes")
    version = models.PositiveIntegerField()
    valid_from = models.DateField()
    regime = models.CharField(max_length=4, choices=Regime.choices)
    source = models.CharField(max_length=SOURCE_LENGTH)
    entered_by = models.BigIntegerField(null=True)
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["service_id", "version"]
        constraints = [
            models.UniqueConstraint(fields=["service", "version"], name="billing_regime_version_once"),
            models.CheckConstraint(condition=Q(valid_from__day=1), name="billing_regime_begins_with_a_month"),
            models.CheckConstraint(condition=Q(regime__in=Regime.values), name="billing_regime_known"),
        ]


class PriceVersion(models.Model):
    """A version of a service's prices; ``definition`` has ``base_fee`` and ``charges`` as `billing.allocation.prices` reads them."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="prices")
    version = models.PositiveIntegerField()
    valid_from = models.DateField()
    source = models.CharField(max_length=SOURCE_LENGTH)
    definition = models.JSONField()
    entered_by = models.BigIntegerField(null=True)
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["service_id", "version"]
        constraints = [
            models.UniqueConstraint(fields=["service", "version"], name="billing_price_version_once"),
            models.CheckConstraint(condition=Q(valid_from__day=1), name="billing_price_begins_with_a_month"),
        ]


class Membership(models.Model):
    """The days on which a member shares, first and last included; without rows the registry's own dates count.

    ``ended_by`` is who said last when it ends, None where nobody ever did or the platform.
    """

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField(null=True)
    source = models.CharField(max_length=SOURCE_LENGTH)
    entered_by = models.BigIntegerField(null=True)
    entered_at = models.DateTimeField()
    ended_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["tenant_id", "first"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last=None) | Q(last__gte=F("first")),
                name="billing_membership_ends_after_it_begins",
            ),
            # Beside it stands billing_membership_no_overlap (migration 0002).
        ]


class Advance(models.Model):
    """An instalment a member pays on account of a service's shares of a year, in cents; 0 takes it back.

    Of several for the same day the latest version counts.
    """

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="advances")
    due_on = models.DateField()
    version = models.PositiveIntegerField()
    cents = models.BigIntegerField()
    source = models.CharField(max_length=SOURCE_LENGTH)
    entered_by = models.BigIntegerField(null=True)
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["due_on", "tenant_id", "service_id", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "service", "due_on", "version"], name="billing_advance_once"
            ),
            models.CheckConstraint(condition=Q(cents__gte=0), name="billing_advance_not_negative"),
        ]
