# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One row for each case of any module, and what people keep about their list."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from verbund.cases.phases import Phase


class Case(models.Model):
    """What every list of the office needs to know, kept up to date by the module the case belongs to.

    ``subject`` and ``state`` name nobody who wrote to the office. ``is_new``: nobody of the office has touched it yet.
    ``due_on`` is by when the office wants to do the next thing: ``own_due_on`` where somebody has set a day for this
    case, otherwise ``usual_due_on``, which its module says. ``resume_on``: the day until which it was put off. Days
    are of Berlin.
    """

    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=30, unique=True)
    subject = models.CharField(max_length=320)
    state = models.CharField(max_length=30)
    phase = models.CharField(max_length=10, choices=[(phase.value, phase.value) for phase in Phase])
    is_new = models.BooleanField(default=True)
    opened_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    usual_due_on = models.DateField(null=True)
    own_due_on = models.DateField(null=True)
    resume_on = models.DateField(null=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(phase__in=[phase.value for phase in Phase]), name="cases_case_phase"
            ),
        ]
        indexes = [
            # The inbox in its order, without what is closed: that grows for years.
            models.Index(
                models.F("due_on").asc(nulls_last=True),
                "received_at",
                "id",
                name="cases_case_inbox",
                condition=models.Q(phase="open"),
            ),
            models.Index(
                fields=["received_at"], name="cases_case_arrivals", condition=models.Q(phase="open")
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.reference


class TimelineEntry(models.Model):
    """Something that happened to a case, for its sender too or for the office alone.

    ``state`` is the one the case reached then, ``expected_on`` and ``forwarded_to`` the day and the body it named.
    """

    class Kind(models.TextChoices):
        SUBMITTED = "SUBMITTED", _("Eingegangen")
        STATE = "STATE", _("Stand geändert")
        ANSWER = "ANSWER", _("Auskunft")
        NOTE = "NOTE", _("Notiz")
        ASSIGNED = "ASSIGNED", _("Zuständigkeit")
        RELEASED = "RELEASED", _("Freigabe")
        CATEGORY = "CATEGORY", _("Kategorie geändert")
        REPLY = "REPLY", _("Antwort der meldenden Person")
        DEADLINE = "DEADLINE", _("Frist geändert")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="timeline")
    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    is_public = models.BooleanField(default=False)
    state = models.CharField(max_length=30, blank=True)
    text = models.TextField(blank=True)
    expected_on = models.DateField(null=True)
    forwarded_to = models.CharField(max_length=200, blank=True)
    author_kind = models.CharField(max_length=10)
    author_id = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["at", "id"]


class Relation(models.TextChoices):
    """How the first end of a link stands to the second."""

    RELATED = "RELATED", _("Gehört zusammen mit")
    DUPLICATE = "DUPLICATE", _("Dasselbe wie")
    FOLLOWS = "FOLLOWS", _("Folgt aus")
    PART = "PART", _("Teil von")


class Link(models.Model):
    """Two objects that have to do with each other, named by kind and number.

    It says nothing of either end: who reads one learns of the other only what the other's owner shows them.
    """

    relation = models.CharField(max_length=12, choices=Relation.choices)
    from_kind = models.CharField(max_length=40)
    from_key = models.CharField(max_length=40)
    to_kind = models.CharField(max_length=40)
    to_key = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["from_kind", "from_key", "to_kind", "to_key", "relation"], name="cases_link_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(from_kind=models.F("to_kind"), from_key=models.F("to_key")),
                name="cases_link_two_ends",
            ),
        ]
        indexes = [models.Index(fields=["to_kind", "to_key"], name="cases_link_back")]


class CaseCounter(models.Model):
    """The last number given under a prefix in a year."""

    prefix = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["prefix", "year"], name="cases_casecounter_year"),
        ]


class Contact(models.Model):
    """By whose e-mail address a case came in: a keyed hash, which finds it and tells nothing."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="contact")
    email_index = models.BinaryField(max_length=32, db_index=True)


class StatusLink(models.Model):
    """A link to somebody's status page; only the SHA-256 of its secret is kept.

    It may be opened as often as one likes: programs that check mails open links too. Not ``was_asked_for``: we put it
    into a mail about a case by ourselves.
    """

    secret_hash = models.CharField(max_length=64, unique=True)
    email_index = models.BinaryField(max_length=32, db_index=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    was_asked_for = models.BooleanField(default=True, db_default=True)


class SavedView(models.Model):
    """A view of the inbox somebody comes back to; ``query`` is what stands in the address."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("Name der Ansicht"), max_length=60)
    query = models.JSONField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="cases_savedview_name"),
        ]


class Deputy(models.Model):
    """Somebody looks after another's cases for some days, both days included."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")), name="cases_deputy_days"
            ),
            models.CheckConstraint(condition=~models.Q(person=models.F("deputy")), name="cases_deputy_other"),
        ]
