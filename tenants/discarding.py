# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes back an onboarding that never served anybody: every step in reverse, then the registry's rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tenants import directory, onboarding, turns
from tenants.models import Body, Tenant
from tenants.states import State
from tenants.transitions import locked, move
from verbund.audit import api as audit
from verbund.jobs.models import Job, JobStep
from verbund.jobs.models import State as JobState
from verbund.jobs.progress import STALE_AFTER, Step, claim, open_job, run_steps
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict
from verbund.kernel.language import official_language
from verbund.kernel.specs import LifecycleStep

JOB_KIND = "tenants.discard"
_LAST = "registry"


@transaction.atomic
def request_discard(*, number: int, by: Actor, at: datetime, reason: str = "") -> Job:
    """Ask for it; a worker with the rights does it. Asking again lets one that failed go on.

    Raises:
        Conflict: the member has served already, or its onboarding is running this moment.
        TransitionRefused: its state has nothing to discard.
    """
    with context.enter_association():
        tenant = locked(number)
        if tenant.activated_at is not None:
            raise Conflict(
                _(
                    "%(name)s war schon freigeschaltet. Verworfen wird nur, was nie jemandem diente; eine Kommune scheidet aus."
                )
                % {"name": tenant.name}
            )
        if tenant.state == State.DISCARDING:
            return _again(tenant, at=at, by=by)
        _end_onboarding(tenant, by=by, at=at)
        move(number=number, wanted=State.DISCARDING, by=by, at=at, reason=reason)
        with official_language():
            title = _("%(name)s verwerfen") % {"name": tenant.name}
            noted = [(step.name, str(step.label)) for step in _in_reverse()]
            noted.append((_LAST, _("Kürzel, Hosts und Gemeinden freigeben")))
        return open_job(
            kind=JOB_KIND, subject=tenant.key, title=title, steps=noted, requested_by=by.id or by.kind, at=at
        )


def run_discard(job_id: int) -> bool:
    """Take everything back, or go on where it stopped; True when nothing is left.

    Needs the owner's login and Vault's provisioning rights. Safe to call twice.
    """
    job = claim(job_id, at=clock.now())
    if job is None:
        return False
    number = int(job.subject.removeprefix("m_"))
    steps = [_bound(step, job, number) for step in _in_reverse()]
    steps.append(
        Step(
            name=_LAST,
            label=_LAST,
            is_done=lambda: not _is_there(number),
            run=lambda: _remove_rows(number, job.requested_by),
        )
    )
    return run_steps(job, steps) == JobState.DONE


def latest_job(key: str) -> Job | None:
    """The last discarding of a member; the association must be entered."""
    return Job.objects.filter(kind=JOB_KIND, subject=key).order_by("-pk").first()


def _in_reverse() -> list[LifecycleStep]:
    return list(reversed(onboarding.provision_steps()))


def _again(tenant: Tenant, *, by: Actor, at: datetime) -> Job:
    job = latest_job(tenant.key)
    if job is None:
        raise Conflict
    if job.state == JobState.FAILED:
        Job.objects.filter(pk=job.pk).update(state=JobState.WAITING, created_at=at, finished_at=None)
        audit.record(action="tenants.discard.retried", subject=f"jobs.job:{job.pk}", by=by, at=at)
    return Job.objects.get(pk=job.pk)


def _end_onboarding(tenant: Tenant, *, by: Actor, at: datetime) -> None:
    """Let no worker begin or go on with it.

    Raises:
        Conflict: one is at it this moment.
    """
    jobs = Job.objects.select_for_update().filter(kind=onboarding.JOB_KIND, subject=tenant.key)
    for job in jobs.filter(state__in=[JobState.WAITING, JobState.RUNNING]):
        is_alive = job.heartbeat_at is not None and job.heartbeat_at > at - STALE_AFTER
        if job.state == JobState.RUNNING and is_alive:
            raise Conflict(
                _("Die Einrichtung läuft gerade. Bitte warten Sie, bis sie fertig oder stehen geblieben ist.")
            )
        with official_language():
            message = _("Die Einrichtung wurde verworfen.")
        Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, finished_at=at, message=message)
    if tenant.state == State.PROVISIONING:  # its worker died
        move(number=tenant.number, wanted=State.FAILED, by=by, at=at)


def _bound(step: LifecycleStep, job: Job, number: int) -> Step:
    return Step(
        name=step.name,
        label=str(step.label),
        is_done=_nothing_to_undo(step, job),
        run=lambda: turns.call(step.undo, onboarding.step_context(number, job.requested_by)),
    )


def _nothing_to_undo(step: LifecycleStep, job: Job) -> Callable[[], bool]:
    """What never began left nothing, and what was taken back already is not there to be entered again."""

    def asked() -> bool:
        with context.enter_association():
            steps = JobStep.objects.filter(name=step.name, job__subject=job.subject)
            was_undone = steps.filter(job=job, finished_at__isnull=False, state=JobState.DONE).exists()
            has_begun = steps.filter(job__kind=onboarding.JOB_KIND, started_at__isnull=False).exists()
            return was_undone or not has_begun

    return asked


def _is_there(number: int) -> bool:
    with context.enter_association():
        return Tenant.objects.filter(pk=number).exists()


@transaction.atomic
def _remove_rows(number: int, requested_by: str) -> None:
    """Free slug, hosts and bodies; the number is never given again."""
    with context.enter_association():
        tenant = locked(number)
        audit.record(
            action="tenants.tenant.discarded",
            subject=f"tenants.tenant:{number}",
            by=Actor(kind="system", role="operator", acting_for=requested_by),
            at=clock.now(),
            changes={
                "slug": tenant.slug,
                "hosts": sorted(host.domain for host in tenant.domains.all()),
                "bodies": sorted(body.ags for body in tenant.bodies.all()),
            },
            reason=tenant.state_message,
        )
        Body.objects.filter(tenant=tenant).delete()
        Tenant.objects.filter(pk=number).delete()
    transaction.on_commit(directory.forget)
