# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The texts of a municipality or the association with their versions, contact details, and feedback on barriers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.public.kinds import PageKind
from verbund.vault.fields import EncryptedTextField


class LegalPage(models.Model):
    """One version of a page. Only a confirmed version is shown to citizens; none is ever changed or removed.

    ``is_example`` marks a text nobody has checked for this municipality; the page says so.
    """

    kind = models.CharField(max_length=20, choices=PageKind.choices)
    version = models.PositiveIntegerField()
    body = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=40, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["kind", "-version"]
        constraints = [models.UniqueConstraint(fields=["kind", "version"], name="public_legalpage_version")]

    @property
    def label(self) -> str:
        return str(PageKind(self.kind).label)

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None


class ContactDetails(models.Model):
    """How to reach the administration; the texts take it from here. One row at most.

    A municipality's name stands in the registry; only the association writes its own into ``organisation``.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    organisation = models.CharField(
        _("Name des Verbands"), max_length=200, blank=True, default="", db_default=""
    )
    street_address = models.CharField(_("Straße und Hausnummer"), max_length=200, blank=True)
    postal_code = models.CharField(_("Postleitzahl"), max_length=5, blank=True)
    town = models.CharField(_("Ort"), max_length=100, blank=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    email = models.EmailField(_("E-Mail-Adresse der Verwaltung"), blank=True)
    represented_by = models.CharField(_("Vertreten durch"), max_length=200, blank=True)
    data_protection_email = models.EmailField(_("E-Mail-Adresse für Datenschutz"), blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="public_contactdetails_single")]


class BarrierFeedback(models.Model):
    """What somebody told about a barrier. Who it was and what they wrote is encrypted.

    ``answered_at`` is the latest answer's moment. Its words stand in the case's timeline; ``answer`` keeps them for the
    association, which has no cases.
    """

    received_at = models.DateTimeField()
    address = models.CharField(max_length=500, blank=True)
    message = EncryptedTextField()
    name = EncryptedTextField(null=True)
    email = EncryptedTextField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = EncryptedTextField(null=True)
    handled_at = models.DateTimeField(null=True)
    handled_by = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-received_at"]
        indexes = [
            models.Index(
                fields=["received_at"],
                condition=models.Q(handled_at=None),
                name="public_barrierfeedback_open",
            )
        ]

    @property
    def reference(self) -> str:
        """What both sides call it."""
        return f"BF-{self.pk}"
