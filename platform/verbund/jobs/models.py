# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Long work that people watch: a job and its steps, kept in the association's schema.

PostgreSQL keeps every fact; the broker is only a wake-up. A worker that dies leaves a job whose heartbeat
grows old, and the reaper starts it again.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    WAITING = "WAITING", _("wartet")
    RUNNING = "RUNNING", _("läuft")
    DONE = "DONE", _("erledigt")
    FAILED = "FAILED", _("fehlgeschlagen")


class Job(models.Model):
    """One piece of work; ``subject`` names what it is about, for example `m_000042`."""

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    requested_by = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    attempt = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=models.Q(state__in=["WAITING", "RUNNING"]),
                name="jobs_job_one_open",
            )
        ]
        indexes = [models.Index(fields=["state", "heartbeat_at"], name="jobs_job_state")]

    @property
    def is_open(self) -> bool:
        return self.state in {State.WAITING, State.RUNNING}


class JobStep(models.Model):
    """One named step of a job, in order."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    message = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["job", "name"], name="jobs_step_once")]
