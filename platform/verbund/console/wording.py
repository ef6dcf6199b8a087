# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What operators read about an onboarding: its steps, its end, and the ways out when a step fails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tenants.models import STATE_LABELS
from tenants.states import State
from verbund.audit.models import AuditEntry
from verbund.jobs.models import Job, JobStep
from verbund.jobs.models import State as StepState


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an onboarding is. ``mark`` changes exactly when there is something new to tell."""

    job: Job
    steps: list[dict[str, Any]]
    done: int
    announcement: str
    mark: str
    way_out: str

    @property
    def most(self) -> int:
        return len(self.steps)

    @property
    def is_open(self) -> bool:
        return self.job.is_open

    @property
    def is_done(self) -> bool:
        return bool(self.job.state == StepState.DONE)

    @property
    def is_failed(self) -> bool:
        return bool(self.job.state == StepState.FAILED)


def progress_of(job: Job, steps: list[JobStep], *, slug: str) -> Progress:
    """The state of an onboarding in words."""
    done = sum(step.state == StepState.DONE for step in steps)
    at_work = next((step for step in steps if step.state in {StepState.RUNNING, StepState.FAILED}), None)
    position = steps.index(at_work) + 1 if at_work else done
    return Progress(
        job=job,
        steps=[_step(step) for step in steps],
        done=done,
        announcement=_announcement(job, at_work, position, len(steps)),
        mark=f"{job.pk}-{job.attempt}-{job.state}-{done}-{at_work.name if at_work else ''}".lower(),
        way_out=_way_out(at_work, slug) if job.state == StepState.FAILED else "",
    )


def history_entries(entries: list[AuditEntry], names: dict[int, str]) -> list[dict[str, Any]]:
    """What happened to a member, for the timeline."""
    return [
        {
            "title": _title(entry),
            "at": entry.at,
            "actor": names.get(int(entry.actor_id), "") if entry.actor_id.isdecimal() else "",
            "text": entry.reason,
        }
        for entry in entries
    ]


def _step(step: JobStep) -> dict[str, Any]:
    seconds = None
    if step.started_at and step.finished_at and step.state in {StepState.DONE, StepState.FAILED}:
        seconds = (step.finished_at - step.started_at).total_seconds()
    return {
        "label": step.label,
        "state": step.state.lower(),
        "detail": step.message,
        "seconds": seconds if seconds is not None and seconds >= 0 else None,
    }


def _announcement(job: Job, step: JobStep | None, position: int, most: int) -> str:
    if job.state == StepState.DONE:
        return _("Die Einrichtung ist abgeschlossen.")
    if job.state == StepState.WAITING:
        return _("Die Einrichtung wartet auf ihren Beginn.")
    words = {"position": position, "most": most, "label": step.label if step else "", "reason": job.message}
    if job.state == StepState.FAILED:
        return _("Schritt %(position)s von %(most)s ist fehlgeschlagen: %(label)s. %(reason)s") % words
    return _("Schritt %(position)s von %(most)s: %(label)s") % words


def _way_out(step: JobStep | None, slug: str) -> str:
    if step is not None and step.name == "activation":
        return _(
            "Tragen Sie nach, was fehlt, und versuchen Sie es erneut. Texte und Kontaktangaben setzen Sie mit "
            "„verbund texts list --tenant %(slug)s“, „… contact“, „… set“ und „… confirm“."
        ) % {"slug": slug}
    return _(
        "Beheben Sie die Ursache und versuchen Sie es erneut. Erledigte Schritte werden nicht wiederholt."
    )


def _title(entry: AuditEntry) -> str:
    titles = {
        "tenants.tenant.requested": _("Aufnahme beantragt"),
        "tenants.tenant.activated": _("Freigeschaltet"),
        "tenants.tenant.resumed": _("Wieder geöffnet"),
    }
    states = entry.changes.get("state")
    if entry.action not in titles and isinstance(states, list) and states and states[-1] in set(State):
        return _("Zustand: %(state)s") % {"state": STATE_LABELS[State(states[-1])]}
    return titles.get(entry.action, entry.action)
