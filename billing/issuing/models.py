# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who issues, to whom, number ranges and issued documents, in the association's schema.

A document is written once, with its number, and never changed; a trigger (migration 0002) keeps it so. Which earlier
document it takes back or replaces stands in the later one.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from billing.closing.models import BillingPeriod, Statement
from billing.costs.models import REASON_LENGTH, Regime
from billing.issuing.draft import Kind
from tenants.models import Tenant
from verbund.jobs.models import Job

NAME_LENGTH, PLACE_LENGTH, CODE_LENGTH, LEITWEG_LENGTH, TEXT_LENGTH = 200, 100, 40, 46, 3000
_HASH_LENGTH = 64
PDF, XML = "pdf", "xml"

KIND_LABELS = {
    Kind.NOTICE: _("Umlagebescheid"),
    Kind.REVOCATION: _("Aufhebungsbescheid"),
    Kind.INVOICE: _("Rechnung"),
    Kind.CREDIT: _("Rechnungskorrektur"),
    Kind.CORRECTION: _("Rechnungskorrektur (Storno)"),
}


class InvoiceSyntax(models.TextChoices):
    """The form a member wants its invoices in; it always gets both files, this one leads."""

    UBL = "UBL", _("XRechnung (UBL)")
    ZUGFERD = "ZUGFERD", _("ZUGFeRD (PDF mit CII)")


_SYNTAX_LENGTH = 7


class Issuer(models.Model):
    """The association as it stands on its documents; one row. ``days_to_pay`` from the day of issue."""

    id = models.BigIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=NAME_LENGTH)
    street = models.CharField(max_length=PLACE_LENGTH)
    postcode = models.CharField(max_length=10)
    city = models.CharField(max_length=PLACE_LENGTH)
    identifier = models.CharField(max_length=CODE_LENGTH)
    contact = models.CharField(max_length=PLACE_LENGTH)
    phone = models.CharField(max_length=40)
    email = models.CharField(max_length=NAME_LENGTH)
    iban = models.CharField(max_length=34)
    bic = models.CharField(max_length=11, blank=True)
    bank = models.CharField(max_length=PLACE_LENGTH, blank=True)
    vat_id = models.CharField(max_length=20, blank=True)
    tax_number = models.CharField(max_length=30, blank=True)
    statute = models.CharField(max_length=NAME_LENGTH)
    remedy = models.TextField(max_length=TEXT_LENGTH)
    days_to_pay = models.PositiveSmallIntegerField(default=30)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="billing_issuer_is_one"),
            models.CheckConstraint(
                condition=~Q(vat_id="") | ~Q(tax_number=""), name="billing_issuer_known_to_the_tax_office"
            ),
        ]


class Recipient(models.Model):
    """A member as it stands on its documents."""

    tenant = models.OneToOneField(Tenant, on_delete=models.PROTECT, primary_key=True, related_name="+")
    name = models.CharField(max_length=NAME_LENGTH)
    street = models.CharField(max_length=PLACE_LENGTH)
    postcode = models.CharField(max_length=10)
    city = models.CharField(max_length=PLACE_LENGTH)
    leitweg_id = models.CharField(max_length=LEITWEG_LENGTH, blank=True)
    customer_number = models.CharField(max_length=CODE_LENGTH, unique=True)
    email = models.CharField(max_length=NAME_LENGTH, blank=True)
    syntax = models.CharField(
        max_length=_SYNTAX_LENGTH,
        choices=InvoiceSyntax.choices,
        default=InvoiceSyntax.UBL,
        db_default=InvoiceSyntax.UBL,
    )
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["customer_number"]


class NumberRange(models.Model):
    """The last number of a family (`UB` notices, `RE` invoices) in a year; locked while a document is issued."""

    family = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["family", "year"], name="billing_range_once")]


class Document(models.Model):
    """An issued document with everything that was sent: PDF, XML, sums and what the rules said.

    ``issue`` counts the documents of one statement and regime: a second replaces a first that was taken back.
    ``content`` is the draft as JSON; sums are cents; ``keep_until`` the last day on which it must be there.
    """

    number = models.CharField(max_length=CODE_LENGTH, unique=True)
    kind = models.CharField(
        max_length=10, choices=[(kind.value, label) for kind, label in KIND_LABELS.items()]
    )
    regime = models.CharField(max_length=4, choices=Regime.choices)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(BillingPeriod, on_delete=models.PROTECT, related_name="documents")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="documents")
    issue = models.PositiveSmallIntegerField(default=1)
    issued_on = models.DateField()
    due_on = models.DateField()
    net_cents = models.BigIntegerField()
    vat_cents = models.BigIntegerField()
    content = models.JSONField()
    syntax = models.CharField(
        max_length=_SYNTAX_LENGTH,
        choices=InvoiceSyntax.choices,
        default=InvoiceSyntax.UBL,
        db_default=InvoiceSyntax.UBL,
    )
    xml = models.BinaryField(null=True)
    xml_sha256 = models.CharField(max_length=_HASH_LENGTH, blank=True)
    rules = models.CharField(max_length=NAME_LENGTH, blank=True)
    remarks = models.JSONField(default=list)
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=_HASH_LENGTH)
    cancels = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="cancelled_by")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    issued_by = models.BigIntegerField()
    issued_at = models.DateTimeField()
    keep_until = models.DateField()

    class Meta:
        ordering = ["-issued_on", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "regime", "issue"],
                condition=Q(cancels=None),
                name="billing_document_once",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("issued_on")), name="billing_document_due_later"
            ),
            models.CheckConstraint(
                condition=(Q(cancels=None) & ~Q(kind__in=[Kind.REVOCATION, Kind.CORRECTION]))
                | (Q(cancels__isnull=False, kind__in=[Kind.REVOCATION, Kind.CORRECTION]) & ~Q(reason="")),
                name="billing_document_taken_back_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[Kind.NOTICE, Kind.REVOCATION], regime=Regime.LEVY, xml=None, vat_cents=0
                )
                | (
                    Q(kind__in=[Kind.INVOICE, Kind.CREDIT, Kind.CORRECTION], xml__isnull=False)
                    & ~Q(regime=Regime.LEVY)
                ),
                name="billing_document_family",
            ),
        ]

    @property
    def gross_cents(self) -> int:
        return self.net_cents + self.vat_cents

    @property
    def kind_label(self) -> str:
        return str(KIND_LABELS[Kind(self.kind)])

    @property
    def forms(self) -> tuple[str, ...]:
        """Its files by their endings, the leading one first; a notice has no XML."""
        if not self.xml_sha256:
            return (PDF,)
        return (PDF, XML) if self.syntax == InvoiceSyntax.ZUGFERD else (XML, PDF)


class IssueRun(models.Model):
    """One attempt to issue a month's documents, or to rehearse it, as people watch it; the job says whether it lives.

    ``documents`` counts what is issued (rehearsed: what holds), also by earlier attempts; ``failures`` are those of the
    newest look at each document.
    """

    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(BillingPeriod, on_delete=models.PROTECT, related_name="issue_runs")
    is_rehearsal = models.BooleanField(default=False)
    person = models.BigIntegerField()
    members = models.PositiveIntegerField(default=0)
    members_done = models.PositiveIntegerField(default=0)
    member = models.CharField(max_length=NAME_LENGTH, blank=True)
    documents = models.PositiveIntegerField(default=0)
    failures = models.JSONField(default=list)

    class Meta:
        ordering = ["-pk"]
