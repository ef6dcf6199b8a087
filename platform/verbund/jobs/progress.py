# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs a job's steps one by one, each in its own transaction, so that people can watch and a restart resumes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import IntegrityError, transaction

from verbund.jobs.models import Job, JobStep, State
from verbund.kernel import clock, context
from verbund.kernel.errors import Conflict, DomainError

log = structlog.get_logger()
STALE_AFTER = timedelta(seconds=45)


@dataclass(frozen=True, kw_only=True)
class Step:
    """What a job does next: ``is_done`` is asked first, ``run`` must be safe to repeat."""

    name: str
    label: str
    is_done: Callable[[], bool]
    run: Callable[[], None]


def open_job(
    *, kind: str, subject: str, title: str, steps: Sequence[tuple[str, str]], requested_by: str, at: datetime
) -> Job:
    """Write a job with its steps; the association must be entered.

    Raises:
        Conflict: the same work is open already.
    """
    try:
        with transaction.atomic():
            job = Job.objects.create(
                kind=kind, subject=subject, title=title, requested_by=requested_by, created_at=at
            )
            JobStep.objects.bulk_create(
                JobStep(job=job, position=position, name=name, label=label)
                for position, (name, label) in enumerate(steps)
            )
    except IntegrityError as error:
        raise Conflict("Dieser Vorgang läuft schon.") from error
    return job


def claim(job_id: int, *, at: datetime) -> Job | None:
    """Take a waiting job, or a running one whose worker died; None when somebody else has it."""
    with context.enter_association(), transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=job_id).first()
        if job is None or not job.is_open:
            return None
        if job.state == State.RUNNING and job.heartbeat_at and job.heartbeat_at > at - STALE_AFTER:
            return None
        job.state, job.started_at, job.heartbeat_at = State.RUNNING, job.started_at or at, at
        job.attempt += 1
        job.save()
        return job


def run_steps(job: Job, steps: Sequence[Step]) -> bool:
    """Run what is not done yet, in order; True when all are.

    A step that fails with a known reason stops the job as FAILED with that reason; anything else does so too
    and is raised, because it is a mistake of ours.
    """
    for step in steps:
        try:
            _mark(job, step.name, State.RUNNING)
            if not step.is_done():
                step.run()
        except DomainError as error:
            _fail(job, step.name, error.message)
            return False
        except Exception:
            _fail(job, step.name, "Unerwarteter Fehler. Das Protokoll nennt die Ursache.")
            raise
        _mark(job, step.name, State.DONE)
    with context.enter_association():
        Job.objects.filter(pk=job.pk).update(state=State.DONE, finished_at=clock.now(), message="")
    return True


def stale_jobs(kind: str, *, at: datetime) -> list[int]:
    """Open jobs of a kind nobody works on: never started for a while, or with an old heartbeat."""
    with context.enter_association():
        waiting = Job.objects.filter(kind=kind, state=State.WAITING, created_at__lt=at - timedelta(seconds=5))
        dead = Job.objects.filter(kind=kind, state=State.RUNNING, heartbeat_at__lt=at - STALE_AFTER)
        return [*waiting.values_list("pk", flat=True), *dead.values_list("pk", flat=True)]


def _mark(job: Job, name: str, state: State) -> None:
    now = clock.now()
    with context.enter_association(), transaction.atomic():
        moment = {"started_at": now} if state == State.RUNNING else {"finished_at": now}
        JobStep.objects.filter(job=job, name=name).update(state=state, message="", **moment)
        Job.objects.filter(pk=job.pk).update(heartbeat_at=now)
    log.info("jobs.step", job=job.pk, kind=job.kind, subject=job.subject, step=name, state=state)


def _fail(job: Job, name: str, message: str) -> None:
    now = clock.now()
    with context.enter_association(), transaction.atomic():
        JobStep.objects.filter(job=job, name=name).update(
            state=State.FAILED, message=message, finished_at=now
        )
        Job.objects.filter(pk=job.pk).update(state=State.FAILED, message=message, finished_at=now)
    log.error("jobs.step_failed", job=job.pk, kind=job.kind, subject=job.subject, step=name)
