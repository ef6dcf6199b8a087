# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reports and what hangs on them. Who reported stands in models of its own, encrypted."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from verbund.cases.models import Case
from verbund.files.models import StoredFile
from verbund.modules.defects.labels import STATE_LABELS
from verbund.modules.defects.states import State
from verbund.places.models import Location
from verbund.vault.fields import EncryptedTextField


class Category(models.Model):
    """A kind of defect; ``code`` is Open311's service_code and never changes."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=80)
    description = models.CharField(_("Beschreibung"), max_length=300, blank=True)
    group = models.CharField(_("Gruppe"), max_length=80, blank=True)
    keywords = models.JSONField(_("Stichworte"), default=list)
    hint = models.CharField(_("Hinweis bei Gefahr"), max_length=300, blank=True)
    working_days = models.PositiveSmallIntegerField(_("Ziel in Arbeitstagen"), default=15)
    duplicate_radius_m = models.PositiveSmallIntegerField(_("Umkreis für Dubletten in Metern"), default=100)
    mailbox = models.EmailField(_("Zuständiges Postfach"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(_("nimmt Meldungen an"), default=True)

    class Meta:
        ordering = ["position", "id"]

    @override
    def __str__(self) -> str:
        return self.name


class ReportManager(models.Manager["Report"]):
    """Reports with their place at hand: no list, mail or map does without."""

    @override
    def get_queryset(self) -> models.QuerySet[Report]:
        return super().get_queryset().select_related("location")


class Report(models.Model):
    """A report. Its light, category and address are public; its words only as ``public_description``.

    ``state_before`` is where a question or a request to reopen returns to. A duplicate always points at a report
    that is none itself. ``reference`` is the case's and never changes; every address and mail asks for it.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, unique=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="reports")
    state = models.CharField(max_length=20, choices=list(STATE_LABELS.items()))
    state_before = models.CharField(max_length=20, blank=True)
    location = models.OneToOneField(Location, on_delete=models.PROTECT, related_name="+")
    place_note = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    public_description = models.TextField(blank=True)
    source = models.CharField(max_length=10, default="web")
    submitted_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    first_answered_at = models.DateTimeField(null=True)
    answer_due_on = models.DateField(null=True)
    expected_on = models.DateField(null=True)
    forwarded_to = models.CharField(max_length=200, blank=True)
    duplicate_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates"
    )

    objects = ReportManager()

    class Meta:
        ordering = ["-submitted_at", "-id"]
        indexes = [
            models.Index(fields=["state", "-submitted_at"], name="defects_report_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="DUPLICATE", duplicate_of__isnull=False)
                | (~models.Q(state="DUPLICATE") & models.Q(duplicate_of__isnull=True)),
                name="defects_report_duplicate_of",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.reference

    @property
    def address(self) -> str:
        """The words for its place."""
        return self.location.address

    @property
    def latitude(self) -> float:
        """Degrees north."""
        return self.location.lat

    @property
    def longitude(self) -> float:
        """Degrees east."""
        return self.location.lon

    @property
    def shown_state(self) -> State:
        """The state the public sees: a duplicate shows its original's."""
        return State(self.duplicate_of.state if self.duplicate_of else self.state)

    @property
    def is_released(self) -> bool:
        """Whether the office has released the reporter's words."""
        return bool(self.public_description)


class Reporter(models.Model):
    """Who reported, where they said so. Only what they typed, readable by the application alone."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, primary_key=True, related_name="reporter")
    name = EncryptedTextField(default="")
    email = EncryptedTextField(default="")
    phone = EncryptedTextField(default="")
    has_email = models.BooleanField(default=False)
    email_confirmed_at = models.DateTimeField(null=True)


class Confirmation(models.Model):
    """The one-time link that proves the reporter's address; only the SHA-256 of its secret is kept."""

    report = models.OneToOneField(
        Report, on_delete=models.CASCADE, primary_key=True, related_name="confirmation"
    )
    secret_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Handover(models.Model):
    """A report given to another municipality, or one that came from there; ``partner_reference`` is its number there."""

    class Way(models.TextChoices):
        OUT = "OUT", _("abgegeben")
        IN = "IN", _("übernommen")

    class State(models.TextChoices):
        WAITING = "WAITING", _("unterwegs")
        ACCEPTED = "ACCEPTED", _("angenommen")
        REFUSED = "REFUSED", _("nicht angenommen")
        RETURNED = "RETURNED", _("zurückgegeben")
        UNDELIVERABLE = "UNDELIVERABLE", _("nicht zustellbar")
        WITHDRAWN = "WITHDRAWN", _("zurückgenommen")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="handovers")
    message_id = models.UUIDField(unique=True)
    way = models.CharField(max_length=3, choices=Way.choices)
    state = models.CharField(max_length=13, choices=State.choices, default=State.WAITING)
    partner = models.BigIntegerField()
    partner_name = models.CharField(max_length=200)
    partner_reference = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    with_contact = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    leaves_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def end(self, state: State, *, at: datetime) -> None:
        """Note what became of it."""
        self.state, self.ended_at = state, at
        self.save()


class ReportPhoto(models.Model):
    """A photo of a report; public only once the office has released it.

    With black boxes (``boxes``: left, top, width, height in percent of the picture) everybody sees
    ``redacted_file``; ``file`` stays as it came, for the office alone.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="photos")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    redacted_file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    boxes = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    position = models.PositiveSmallIntegerField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]

    @property
    def shown_file_id(self) -> uuid.UUID:
        """The file everybody sees."""
        return self.redacted_file_id or self.file_id

    @property
    def number(self) -> int:
        """How people count it, from one."""
        return self.position + 1


class Draft(models.Model):
    """A report somebody is still writing; the session knows its key. Deleted a day after the last change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    content = EncryptedTextField()
    changed_at = models.DateTimeField(db_index=True)


class DefectsSettings(models.Model):
    """What the municipality decides about its reports; one row at most."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    mailbox = models.EmailField(_("Postfach für neue Meldungen"), blank=True)
    answer_working_days = models.PositiveSmallIntegerField(_("Erste Auskunft nach Arbeitstagen"), default=3)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="defects_settings_single")]
