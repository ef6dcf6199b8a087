# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Requests for access and erasure, kept as evidence that they were answered."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from verbund.cases.models import Case
from verbund.vault.fields import EncryptedTextField


class Kind(models.TextChoices):
    ACCESS = "ACCESS", _("Auskunft (Art. 15 DSGVO)")
    ERASURE = "ERASURE", _("Löschung (Art. 17 DSGVO)")


class State(models.TextChoices):
    OPEN = "OPEN", _("offen")
    ANSWERED = "ANSWERED", _("Auskunft erteilt")
    ERASED = "ERASED", _("gelöscht")
    DECLINED = "DECLINED", _("abgelehnt")


class Identity(models.TextChoices):
    """How somebody made sure that the request comes from the person it is about."""

    MAIL = "MAIL", _("Antrag kam von dieser E-Mail-Adresse, Rückfrage dorthin wurde beantwortet")
    IN_PERSON = "IN_PERSON", _("Ausweis vor Ort vorgelegt")
    POST = "POST", _("Brief an die bekannte Anschrift wurde beantwortet")
    KNOWN = "KNOWN", _("Person ist der Verwaltung bekannt")


class Declined(models.TextChoices):
    """Why nothing was handed out or erased."""

    IDENTITY = "IDENTITY", _("Identität nicht nachgewiesen (Art. 12 Abs. 6 DSGVO)")
    WITHDRAWN = "WITHDRAWN", _("Antrag zurückgenommen")
    EXCESSIVE = "EXCESSIVE", _("offenkundig unbegründet oder zu häufig (Art. 12 Abs. 5 DSGVO)")


class PersonRequest(models.Model):
    """One request of one person. ``email`` is emptied when it is closed; the keyed hash remains, which tells nothing.

    ``outcome`` says in words what went and what stayed, naming nobody.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    email = EncryptedTextField(null=True)
    email_index = models.BinaryField(max_length=32, db_index=True)
    received_on = models.DateField()
    due_on = models.DateField()
    identity = models.CharField(max_length=10, choices=Identity.choices, blank=True)
    identity_checked_at = models.DateTimeField(null=True)
    identity_checked_by = models.CharField(max_length=40, blank=True)
    declined = models.CharField(max_length=10, choices=Declined.choices, blank=True)
    outcome = models.JSONField(default=dict)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]

    @override
    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN
