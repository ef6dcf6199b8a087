# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs a job's steps one by one, each in its own transaction, so that people can watch and a restart resumes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from verbund.jobs.models import Job, JobStep, State
from verbund.kernel import clock, context
from verbund.kernel.errors import Conflict, DomainError

log = structlog.get_logger()
# With the sweep every ten seconds, a job whose worker was killed goes on within 40 seconds.
STALE_AFTER = timedelta(seconds=25)
_BEAT_SECONDS = 5.0


class TakenOver(Exception):
    """Our worker was silent for so long that somebody else goes on with the job; it is no longer ours."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """What a job does next: ``is_done`` is asked first, ``run`` must be safe to repeat."""

    name: str
    label: str
    is_done: Callable[[], bool]
    run: Callable[[], object]


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
        raise Conflict(_("Dieser Vorgang läuft schon.")) from error
    return job


def claim(job_id: int, *, at: datetime) -> Job | None:
    """Take a waiting job, or a running one whose worker died; None when somebody else has it.

    The attempt's number is the claim: whoever holds an older one writes nothing any more.
    """
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


def run_steps(job: Job, steps: Sequence[Step]) -> State:
    """Run what is not done yet, in order: DONE, FAILED, or RUNNING when somebody else has taken the job over.

    A step that fails with a known reason stops the job as FAILED with that reason; anything else does so too
    and is raised, because it is a mistake of ours. The heartbeat goes on however long a step takes.
    """
    try:
        with _heartbeat(job):
            return _run(job, steps)
    except TakenOver:
        log.warning("jobs.taken_over", job=job.pk, kind=job.kind, subject=job.subject, attempt=job.attempt)
        return State.RUNNING


def _run(job: Job, steps: Sequence[Step]) -> State:
    for step in steps:
        _mark(job, step.name, State.RUNNING)
        try:
            if not step.is_done():
                step.run()
        except DomainError as error:
            _mark(job, step.name, State.FAILED, error.message)
            return State.FAILED
        except Exception:
            _mark(job, step.name, State.FAILED, "Unerwarteter Fehler. Das Protokoll nennt die Ursache.")
            raise
        _mark(job, step.name, State.DONE)
    _note(job, state=State.DONE, finished_at=clock.now(), message="")
    return State.DONE


def tell(job: Job, name: str, text: str) -> None:
    """Say how far a step at work is; raises TakenOver when the job is no longer ours."""
    _note(job, heartbeat_at=clock.now())
    with context.enter_association():
        JobStep.objects.filter(job=job, name=name).update(message=text)


def stale_jobs(kind: str, *, at: datetime) -> list[int]:
    """Open jobs of a kind nobody works on: never started for a while, or with an old heartbeat."""
    waiting = Q(state=State.WAITING, created_at__lt=at - timedelta(seconds=5))
    dead = Q(state=State.RUNNING, heartbeat_at__lt=at - STALE_AFTER)
    with context.enter_association():
        found = Job.objects.filter(waiting | dead, kind=kind).order_by("pk")
        return list(found.values_list("pk", flat=True))


def give_up_all(kind: str, *, at: datetime) -> list[int]:
    """Let every open job of a kind be taken at once: only where certainly no worker runs."""
    with context.enter_association():
        open_jobs = Job.objects.filter(kind=kind, state__in=[State.WAITING, State.RUNNING]).order_by("pk")
        open_jobs.filter(state=State.RUNNING).update(heartbeat_at=at - STALE_AFTER)
        return list(open_jobs.values_list("pk", flat=True))


def _mark(job: Job, name: str, state: State, message: str = "") -> None:
    now = clock.now()
    moment = {"started_at": now} if state == State.RUNNING else {"finished_at": now}
    with context.enter_association(), transaction.atomic():
        JobStep.objects.filter(job=job, name=name).update(state=state, message=message, **moment)
        if state == State.FAILED:
            _note(job, state=state, message=message, finished_at=now)
        else:
            _note(job, heartbeat_at=now)
    log.log(
        logging.ERROR if state == State.FAILED else logging.INFO,
        "jobs.step", job=job.pk, kind=job.kind, subject=job.subject, step=name, state=state,
    )  # fmt: skip


def _note(job: Job, **values: object) -> None:
    """Write to the job, unless it is no longer ours.

    Raises:
        TakenOver: another attempt has begun, or the job was ended by somebody else.
    """
    with context.enter_association():
        ours = Job.objects.filter(pk=job.pk, state=State.RUNNING, attempt=job.attempt)
        if not ours.update(**values):
            raise TakenOver


@contextmanager
def _heartbeat(job: Job) -> Iterator[None]:
    """Tell from a thread that the worker lives: a step may take longer than what counts as dead."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(_BEAT_SECONDS):
            try:
                _note(job, heartbeat_at=clock.now())
            except TakenOver:
                break  # the step at work finds out at its end
            except DatabaseError:
                log.exception("jobs.heartbeat_failed", job=job.pk)
                connection.close()
        connection.close()

    thread = threading.Thread(target=beat, name="job-heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
