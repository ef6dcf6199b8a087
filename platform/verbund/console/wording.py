# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What operators read about long work: its steps, its end, and the ways out when a step fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tenants.doctor import Health
from tenants.models import STATE_LABELS, MasterDataChange
from tenants.states import State
from verbund.audit.models import AuditEntry
from verbund.jobs.models import Job, JobStep
from verbund.jobs.models import State as StepState
from verbund.kernel.ports import Diagnosis
from verbund.web.texts import moment_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an onboarding or other work is. ``mark`` changes exactly when there is something new to tell."""

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
    def is_refused_at_the_end(self) -> bool:
        """Everything is set up, but something is missing that people have to bring."""
        return self.is_failed and bool(self.steps) and self.steps[-1]["state"] == "failed"

    @property
    def is_failed(self) -> bool:
        return bool(self.job.state == StepState.FAILED)


def progress_of(job: Job, steps: list[JobStep], *, slug: str) -> Progress:
    """The state of an onboarding in words."""
    return _progress(
        job, steps, done=_("Die Einrichtung ist abgeschlossen."), way_out=lambda step: _way_out(step, slug)
    )


def job_progress(job: Job) -> Progress:
    """The state of any other work in words."""
    way_out = _(
        "Beheben Sie die Ursache und stoßen Sie den Vorgang erneut an. Erledigte Schritte werden nicht wiederholt."
    )
    done = _("%(title)s: erledigt.") % {"title": job.title}
    return _progress(job, list(job.steps.all()), done=done, way_out=lambda _step: way_out)


def _progress(
    job: Job, steps: list[JobStep], *, done: str, way_out: Callable[[JobStep | None], str]
) -> Progress:
    count = sum(step.state == StepState.DONE for step in steps)
    at_work = next((step for step in steps if step.state in {StepState.RUNNING, StepState.FAILED}), None)
    position = steps.index(at_work) + 1 if at_work else count
    return Progress(
        job=job,
        steps=[_step(step) for step in steps],
        done=count,
        announcement=done
        if job.state == StepState.DONE
        else _announcement(job, at_work, position, len(steps)),
        mark=f"{job.pk}-{job.attempt}-{job.state}-{count}-{at_work.name if at_work else ''}".lower(),
        way_out=way_out(at_work) if job.state == StepState.FAILED else "",
    )


def change_rows(changes: list[MasterDataChange]) -> list[dict[str, Any]]:
    """Changes of master data, the newest first."""
    return [
        {
            "id": change.pk,
            "day": change.takes_effect_on,
            "lines": list(_change_lines(change)),
            "reason": change.reason,
            "refusal": change.refusal,
            "is_planned": change.applied_at is None and change.withdrawn_at is None,
            "word": _("gilt")
            if change.applied_at
            else _("zurückgenommen")
            if change.withdrawn_at
            else _("vorgemerkt"),
            "kind": "success" if change.applied_at else "neutral" if change.withdrawn_at else "info",
        }
        for change in reversed(changes)
    ]


def _change_lines(change: MasterDataChange) -> Iterator[str]:
    labels = {
        "name": _("Name"),
        "slug": _("Kürzel"),
        "ars": _("Regionalschlüssel (ARS)"),
        "primary_host": _("Host in Links"),
    }
    for field, label in labels.items():
        if field in change.after:
            before = change.before.get(field)
            yield (
                f"{label}: {before} → {change.after[field]}" if before else f"{label}: {change.after[field]}"
            )
    for field, label in (
        ("add_hosts", _("Host dazu")),
        ("drop_hosts", _("Host aufgegeben")),
        ("end_bodies", _("Gemeinde endet")),
    ):
        if field in change.after:
            yield f"{label}: {', '.join(change.after[field])}"
    for body in change.after.get("add_bodies", ()):
        yield _("Gemeinde dazu: %(name)s (%(ags)s)") % body


def health_rows(health: Health) -> list[dict[str, Any]]:
    """Each check as a line with what it found."""
    words = {
        "ok": (_("in Ordnung"), "success"),
        "warning": (_("Hinweis"), "warning"),
        "error": (_("gestört"), "danger"),
    }
    return [
        {
            "label": check.label,
            "word": words[check.level][0],
            "kind": words[check.level][1],
            "findings": [_said(finding) for finding in check.findings if finding.level == check.level],
        }
        for check in health.checks
    ]


def _said(finding: Diagnosis) -> str:
    if finding.at is None or finding.level == "ok":
        return finding.message
    return _("%(message)s (seit %(at)s)") % {"message": finding.message, "at": moment_text(finding.at)}


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
    if job.state == StepState.WAITING:
        return _("Der Vorgang wartet auf seinen Beginn.")
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
        "tenants.change.requested": _("Änderung der Stammdaten beantragt"),
        "tenants.change.applied": _("Stammdaten geändert"),
        "tenants.change.withdrawn": _("Änderung der Stammdaten zurückgenommen"),
        "tenants.tenant.resumed": _("Wieder geöffnet"),
        "agreements.agreement.recorded": _("Vereinbarung zur Auftragsverarbeitung hinterlegt"),
        "support.access.requested": _("Fernzugriff beantragt"),
        "support.access.link_fetched": _("Link zum Fernzugriff geholt"),
        "support.access.ended": _("Fernzugriff beendet"),
    }
    states = entry.changes.get("state")
    if entry.action not in titles and isinstance(states, list) and states and states[-1] in set(State):
        return _("Zustand: %(state)s") % {"state": STATE_LABELS[State(states[-1])]}
    return titles.get(entry.action, entry.action)
