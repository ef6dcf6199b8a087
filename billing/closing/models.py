# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Billing periods with their runs, statements and corrections, in the association's schema.

Runs and statements are only added; the period names the run that counts. Triggers (migration 0002) keep it so, write
down who took part, and refuse the approval of anybody who did. Persons are keys of the association's accounts.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from billing.closing.states import Act, LineKind, State
from billing.costs.models import (
    CODE_LENGTH,
    REASON_LENGTH,
    CostCentre,
    KeyVersion,
    PriceVersion,
    Regime,
    Service,
)
from tenants.models import Tenant

_HASH_LENGTH, _METER_LENGTH, _TEXT_LENGTH = 64, 64, 300
# Numerators and denominators are exact products of counters; PostgreSQL keeps up to a thousand digits.
_DIGITS = 200
_BEFORE_RUN = [State.OPEN.value, State.GRACE.value]
_BEFORE_APPROVAL = [*_BEFORE_RUN, State.CALCULATED.value]

STATE_LABELS = {
    State.OPEN: _("offen"),
    State.GRACE: _("Nachfrist"),
    State.CALCULATED: _("berechnet"),
    State.APPROVED: _("freigegeben"),
    State.ISSUED: _("Dokumente ausgestellt"),
    State.CLOSED: _("abgeschlossen"),
}


class BillingPeriod(models.Model):
    """A month. ``grace_until`` is the last day on which late events are awaited; ``run`` is the calculation that counts."""

    month = models.DateField(unique=True)
    state = models.CharField(
        max_length=10,
        choices=[(state.value, label) for state, label in STATE_LABELS.items()],
        default=State.OPEN.value,
        db_default=State.OPEN.value,
    )
    grace_until = models.DateField(null=True)
    run = models.ForeignKey("Run", on_delete=models.PROTECT, null=True, related_name="+")
    approved_by = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    issued_by = models.BigIntegerField(null=True)
    issued_at = models.DateTimeField(null=True)
    closed_by = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="billing_period_is_a_month"),
            models.CheckConstraint(
                condition=Q(state__in=_BEFORE_RUN, run=None)
                | (~Q(state__in=_BEFORE_RUN) & Q(run__isnull=False)),
                name="billing_period_calculated_has_a_run",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_BEFORE_APPROVAL, approved_by=None)
                | (~Q(state__in=_BEFORE_APPROVAL) & Q(approved_by__isnull=False, approved_at__isnull=False)),
                name="billing_period_approved_by_somebody",
            ),
        ]

    @property
    def state_label(self) -> str:
        return str(STATE_LABELS[State(self.state)])

    @property
    def name(self) -> str:
        """`2026-11`."""
        return f"{self.month:%Y-%m}"


class Run(models.Model):
    """A calculation: ``record`` is the engine's, ``statements_record`` the lines that follow; both byte for byte the same when repeated.

    ``sha256`` is over both. ``cents`` is the sum of all statements.
    """

    period = models.ForeignKey(BillingPeriod, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField()
    engine = models.CharField(max_length=40)
    input_sha256 = models.CharField(max_length=_HASH_LENGTH)
    record = models.BinaryField()
    statements_record = models.BinaryField()
    sha256 = models.CharField(max_length=_HASH_LENGTH)
    cents = models.BigIntegerField()
    calculated_by = models.BigIntegerField(null=True)
    calculated_at = models.DateTimeField()

    class Meta:
        ordering = ["period_id", "number"]
        constraints = [models.UniqueConstraint(fields=["period", "number"], name="billing_run_once")]


class Statement(models.Model):
    """What a member has to pay for a month by a run, in cents; always the sum of its lines."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="statements")
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    cents = models.BigIntegerField()

    class Meta:
        ordering = ["run_id", "tenant_id"]
        constraints = [models.UniqueConstraint(fields=["run", "tenant"], name="billing_statement_once")]


class Adjustment(models.Model):
    """A correction of an earlier month, booked in an open one, asked for by one person and approved by another.

    One of three: so much more or less of a ``meter`` on a ``day`` (the old month is calculated again with it), so much
    more or less cost of a ``cost_centre`` (shared by the old key), or ``cents`` for one member under a ``service``.
    """

    period = models.ForeignKey(BillingPeriod, on_delete=models.PROTECT, related_name="adjustments")
    origin = models.ForeignKey(BillingPeriod, on_delete=models.PROTECT, related_name="corrected_by")
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, null=True, related_name="+")
    meter = models.CharField(max_length=_METER_LENGTH, blank=True)
    day = models.DateField(null=True)
    quantity = models.BigIntegerField(null=True)
    cost_centre = models.ForeignKey(CostCentre, on_delete=models.PROTECT, null=True, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="+")
    cents = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=REASON_LENGTH)
    requested_by = models.BigIntegerField()
    requested_at = models.DateTimeField()
    approved_by = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["period_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("requested_by")),
                name="billing_adjustment_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None) | Q(withdrawn_at=None), name="billing_adjustment_ended_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="billing_adjustment_has_a_reason"),
            models.CheckConstraint(
                condition=(
                    ~Q(meter="")
                    & Q(
                        tenant__isnull=False,
                        day__isnull=False,
                        quantity__isnull=False,
                        cost_centre=None,
                        service=None,
                        cents=None,
                    )
                )
                | Q(
                    meter="",
                    tenant=None,
                    day=None,
                    quantity=None,
                    cost_centre__isnull=False,
                    service=None,
                    cents__isnull=False,
                )
                | Q(
                    meter="",
                    tenant__isnull=False,
                    day=None,
                    quantity=None,
                    cost_centre=None,
                    service__isnull=False,
                    cents__isnull=False,
                ),
                name="billing_adjustment_of_one_thing",
            ),
        ]


class StatementLine(models.Model):
    """One amount and what it follows from; a correction names the month it is of (FOCUS: ChargeClass "Correction").

    ``numerator`` of ``denominator`` of the cost for a share, of months for a base fee; ``quantity`` in base units.
    """

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in LineKind])
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    regime = models.CharField(max_length=4, choices=Regime.choices)
    cost_centre = models.ForeignKey(CostCentre, on_delete=models.PROTECT, null=True, related_name="+")
    key_version = models.ForeignKey(KeyVersion, on_delete=models.PROTECT, null=True, related_name="+")
    price_version = models.ForeignKey(PriceVersion, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.CharField(max_length=_TEXT_LENGTH)
    meter = models.CharField(max_length=_METER_LENGTH, blank=True)
    quantity = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=CODE_LENGTH, blank=True)
    numerator = models.DecimalField(max_digits=_DIGITS, decimal_places=0, null=True)
    denominator = models.DecimalField(max_digits=_DIGITS, decimal_places=0, null=True)
    net_cents = models.BigIntegerField()
    origin = models.ForeignKey(BillingPeriod, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)

    class Meta:
        ordering = ["statement_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "position"], name="billing_line_once"),
            models.CheckConstraint(
                condition=Q(kind=LineKind.CORRECTION.value, origin__isnull=False)
                | (~Q(kind=LineKind.CORRECTION.value) & Q(origin=None)),
                name="billing_line_correction_has_its_month",
            ),
            models.CheckConstraint(
                condition=Q(denominator=None, numerator=None) | Q(denominator__gt=0, numerator__isnull=False),
                name="billing_line_fraction",
            ),
        ]


class Participation(models.Model):
    """Who took part in a period before it was approved; written by triggers of what they did, so that nobody is forgotten."""

    period = models.ForeignKey(BillingPeriod, on_delete=models.PROTECT, related_name="participations")
    person = models.BigIntegerField()
    act = models.CharField(max_length=10, choices=[(act.value, act.value) for act in Act])
    at = models.DateTimeField()

    class Meta:
        ordering = ["period_id", "at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["period", "person", "act"], name="billing_participation_once")
        ]


class LateDecision(models.Model):
    """So much late usage of a day was taken over as a correction, or left out where there is none.

    A withdrawn correction no longer counts here; what was left out comes back by a row of the opposite quantity.
    ``decided_by`` is the key of a person of the association.
    """

    period = models.ForeignKey(BillingPeriod, on_delete=models.PROTECT, related_name="late_decisions")
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    meter = models.CharField(max_length=_METER_LENGTH)
    day = models.DateField()
    quantity = models.BigIntegerField()
    adjustment = models.OneToOneField(Adjustment, on_delete=models.PROTECT, null=True, related_name="late")
    reason = models.CharField(max_length=REASON_LENGTH)
    decided_by = models.BigIntegerField()
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["period_id", "tenant_id", "meter", "day", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="billing_late_decided_with_reason"),
            models.CheckConstraint(condition=~Q(quantity=0), name="billing_late_decided_about_something"),
        ]
