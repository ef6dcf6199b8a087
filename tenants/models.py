# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The registry of members, in the association's schema."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django_tenants.models import DomainMixin, TenantMixin

from tenants.archive.records import (
    ArchiveOrder,
    BackupKind,
    BackupRun,
    Departure,
    InPlaceRestoration,
    Restoration,
)
from tenants.states import State
from verbund.kernel import context
from verbund.kernel.context import municipality_key
from verbund.vault.fields import EncryptedTextField

__all__ = [
    "ArchiveOrder", "BackupKind", "BackupRun", "Body", "Departure", "DoctorReport", "Host", "InPlaceRestoration", "Kind",
    "MasterDataChange", "ModuleActivation", "OnboardingRequest", "Restoration", "SchemaArtefact", "Tenant",
]  # fmt: skip


class Kind(models.TextChoices):
    GEMEINDE = "gemeinde", _("Gemeinde")
    STADT = "stadt", _("Stadt")
    AMT = "amt", _("Amt")


STATE_LABELS = {
    State.REQUESTED: _("beantragt"),
    State.PROVISIONING: _("wird eingerichtet"),
    State.ACTIVE: _("aktiv"),
    State.SUSPENDED: _("ausgesetzt"),
    State.LEAVING: _("scheidet aus"),
    State.ARCHIVED: _("archiviert"),
    State.FAILED: _("fehlgeschlagen"),
    State.DISCARDING: _("wird verworfen"),
}


class Tenant(TenantMixin):  # type: ignore[misc]  # django-tenants has no types
    """A member of the association. ``number`` never changes; slug, names and hosts may."""

    objects: ClassVar[models.Manager[Tenant]]  # what django-tenants' untyped base hides

    auto_create_schema = False

    number = models.BigAutoField(primary_key=True)
    slug = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=400, db_index=True)
    kind: models.CharField[context.Kind, context.Kind] = models.CharField(max_length=10, choices=Kind.choices)
    ars = models.CharField(max_length=12, blank=True)
    state = models.CharField(
        max_length=12, choices=[(state.value, label) for state, label in STATE_LABELS.items()]
    )
    profile = models.CharField(max_length=40, default="standard")
    theme = models.JSONField(default=dict)
    schema_fingerprint = models.CharField(max_length=64, blank=True)
    requested_at = models.DateTimeField()
    activated_at = models.DateTimeField(null=True)
    state_message = models.TextField(blank=True)
    origin = models.CharField(max_length=63, blank=True)
    restored_at = models.DateTimeField(null=True)
    # Of a copy beside its origin: it shows these bodies though another member serves them.
    borrowed_bodies = models.JSONField(default=list)

    class Meta:
        ordering = ["sort_key"]

    @property
    def key(self) -> str:
        return municipality_key(self.number)

    @property
    def state_label(self) -> str:
        return str(STATE_LABELS[State(self.state)])


class Host(DomainMixin):  # type: ignore[misc]  # django-tenants has no types
    """A host name of a member, lower case, without port.

    One that was given up leads to the primary host until ``redirects_until``, and is nobody's afterwards.
    """

    redirects_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant"], condition=models.Q(is_primary=True), name="tenants_host_one_primary"
            ),
            models.CheckConstraint(
                condition=models.Q(domain=Lower("domain")), name="tenants_host_lower_case"
            ),
            models.CheckConstraint(
                condition=models.Q(is_primary=False) | models.Q(redirects_until=None),
                name="tenants_host_primary_serves",
            ),
        ]


class Body(models.Model):
    """A Körperschaft a member's administration serves, from a day to a day."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="bodies")
    ags = models.CharField(max_length=8)
    ars = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        ordering = ["ags"]
        constraints = [
            models.UniqueConstraint(
                fields=["ags"], condition=models.Q(valid_to=None), name="tenants_body_one_member"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
                name="tenants_body_ends_after_it_begins",
            ),
            # Beside them stands tenants_body_no_overlap (migration 0002): no body with two members on the same day.
        ]


class ModuleActivation(models.Model):
    """A module a member uses."""

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="activations")
    module = models.CharField(max_length=40)
    active_from = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "module"], name="tenants_activation_once")]


class OnboardingRequest(models.Model):
    """What was asked for when a member joined; the administrator's address is kept encrypted until it is done."""

    tenant = models.OneToOneField(Tenant, on_delete=models.CASCADE, related_name="onboarding")
    job_id = models.BigIntegerField()
    admin_email = EncryptedTextField(null=True)
    requested_by = models.CharField(max_length=80)
    modules = models.JSONField(default=list)


class MasterDataChange(models.Model):
    """A change of name, slug, hosts or bodies that takes effect on a day; applied ones are the history.

    ``after`` holds the values asked for, ``before`` what they replaced, noted when the change was applied.
    """

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="changes")
    takes_effect_on = models.DateField()
    before = models.JSONField(default=dict)
    after = models.JSONField()
    reason = models.CharField(max_length=500)
    requested_at = models.DateTimeField()
    requested_by = models.CharField(max_length=80)
    applied_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    refusal = models.TextField(blank=True)

    class Meta:
        ordering = ["takes_effect_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(applied_at=None) | models.Q(withdrawn_at=None),
                name="tenants_change_ended_once",
            )
        ]


class DoctorReport(models.Model):
    """What the last look at a member found, for the overview; the findings name codes and words, never people."""

    tenant = models.OneToOneField(Tenant, on_delete=models.CASCADE, primary_key=True, related_name="doctor")
    at = models.DateTimeField()
    level = models.CharField(max_length=10)
    findings = models.JSONField(default=list)


class SchemaArtefact(models.Model):
    """The structure of a municipality's schema as SQL, rendered once for a set of migrations."""

    fingerprint = models.CharField(max_length=64, unique=True)
    sql = models.TextField()
    structure = models.TextField(blank=True)
    made_at = models.DateTimeField()


class SpareSchema(models.Model):
    """A schema that stands ready for the next member. The row is there exactly as long as the schema is a spare."""

    name = models.CharField(max_length=63, unique=True)
    fingerprint = models.CharField(max_length=64)
    made_at = models.DateTimeField()


class MoveState(models.TextChoices):
    DONE = "DONE", _("auf dem Stand")
    FAILED = "FAILED", _("fehlgeschlagen")


class SchemaMove(models.Model):
    """How the schema of a member came to a state of the program, or why it has not yet."""

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="moves")
    target = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=MoveState.choices)
    way = models.CharField(max_length=8)
    attempt = models.PositiveIntegerField(default=1)
    duration_ms = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "target"], name="tenants_move_once")]
