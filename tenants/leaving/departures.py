# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality leaves in two jobs: what shuts its data away at once, and after a time of grace what removes them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from tenants import directory, turns
from tenants.archive.receivers import KeyPairReceiver
from tenants.grave_steps import reason_of
from tenants.models import Departure, Tenant
from tenants.states import State
from tenants.transitions import locked, move
from verbund.audit import api as audit
from verbund.jobs.models import Job
from verbund.jobs.models import State as JobState
from verbund.jobs.progress import Step, claim, open_job, run_steps, stale_jobs
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.kernel.context import municipality_key
from verbund.kernel.errors import Conflict
from verbund.kernel.language import official_language
from verbund.kernel.ports import StepContext
from verbund.kernel.specs import LifecycleStep

SHUT_KIND: Final = "tenants.offboard"
REMOVE_KIND: Final = "tenants.offboard_remove"
# Steps from here on wait for the end of the time of grace.
AFTER_GRACE: Final = 500


def steps_of(kind: str) -> list[LifecycleStep]:
    """What every package does in that job, in order."""
    found = turns.in_order(lambda lifecycle: lifecycle.offboard)
    return [step for step in found if (step.order >= AFTER_GRACE) == (kind == REMOVE_KIND)]


@transaction.atomic
def request_departure(
    *, number: int, confirmation: str, reason: str, receiver_pem: str = "", by: Actor, at: datetime
) -> Job:
    """Let a member leave: from now on it serves nobody. A worker does the rest.

    ``confirmation`` is its slug, typed. ``receiver_pem`` is the public key its archive is sealed for; without one that of
    this installation.

    Raises:
        Invalid: the confirmation or the reason.
        BadReceiverKey: the key is none.
        TransitionRefused: it is neither active nor suspended.
    """
    if receiver_pem:
        KeyPairReceiver(receiver_pem)
    with context.enter_association():
        tenant = locked(number)
        reason = reason_of(tenant, confirmation=confirmation, reason=reason)
        move(number=number, wanted=State.LEAVING, by=by, at=at, reason=reason)
        Departure.objects.create(
            tenant=tenant,
            slug=tenant.slug,
            name=tenant.name,
            hosts=sorted(host.domain for host in tenant.domains.all()),
            reason=reason,
            requested_by=by.id or by.kind,
            requested_at=at,
            receiver_pem=receiver_pem,
        )
        audit.record(
            action="tenants.departure.requested",
            subject=f"tenants.tenant:{number}",
            by=by,
            at=at,
            reason=reason,
        )
        return _open(tenant, SHUT_KIND, by.id or by.kind, at)


@transaction.atomic
def request_removal(*, number: int, by: Actor, at: datetime) -> Job:
    """Begin the second half; the time of grace must be over.

    Raises:
        Conflict: it is not, or the first half is not done.
    """
    with context.enter_association():
        departure = (
            Departure.objects.select_for_update().select_related("tenant").filter(pk=_pk(number)).get()
        )
        if departure.drop_after is None or departure.finished_at is not None:
            raise Conflict(_("Der Austritt ist noch nicht so weit oder schon abgeschlossen."))
        if departure.drop_after > at:
            day = f"{departure.drop_after.astimezone(clock.BERLIN):%d.%m.%Y}"
            raise Conflict(_("Die Schonfrist läuft noch bis zum %(day)s.") % {"day": day})
        job = _open(departure.tenant, REMOVE_KIND, by.id or by.kind, at)
        audit.record(
            action="tenants.departure.removal_begun", subject=f"tenants.tenant:{number}", by=by, at=at
        )
        return job


@transaction.atomic
def retry_departure(*, job_id: int, by: Actor, at: datetime) -> None:
    """Let a departure that stopped go on where it stopped.

    Raises:
        Conflict: it has not failed.
    """
    with context.enter_association():
        job = Job.objects.select_for_update().get(pk=job_id, kind__in=[SHUT_KIND, REMOVE_KIND])
        if job.state != JobState.FAILED:
            raise Conflict(_("Dieser Vorgang ist nicht fehlgeschlagen."))
        Job.objects.filter(pk=job_id).update(state=JobState.WAITING, created_at=at, finished_at=None)
        audit.record(action="tenants.departure.retried", subject=f"jobs.job:{job_id}", by=by, at=at)


def run_departure(job_id: int) -> bool:
    """Carry one half out, or go on where it stopped; True when it is done. Needs the owner's and provisioner's rights."""
    job = claim(job_id, at=clock.now())
    if job is None:
        return False
    number = int(job.subject.removeprefix("m_"))
    steps = [_bound(step, number, job.requested_by) for step in steps_of(job.kind)]
    return run_steps(job, steps) == JobState.DONE


def go_on(*, by: Actor, at: datetime) -> list[int]:
    """Take up what a dead worker left, and begin the removals whose time has come; the jobs to run."""
    with context.enter_association():
        due = Departure.objects.filter(drop_after__lte=at, finished_at=None).values_list(
            "tenant_id", flat=True
        )
        begun = {
            int(subject.removeprefix("m_"))
            for subject in Job.objects.filter(kind=REMOVE_KIND).values_list("subject", flat=True)
        }
        for number in sorted(set(due) - begun):
            request_removal(number=number, by=by, at=at)
    return [*stale_jobs(SHUT_KIND, at=at), *stale_jobs(REMOVE_KIND, at=clock.now())]


def _open(tenant: Tenant, kind: str, requested_by: str, at: datetime) -> Job:
    with official_language():
        steps = [(step.name, str(step.label)) for step in steps_of(kind)]
        title = (
            _("%(name)s: Austritt, Daten verschließen")
            if kind == SHUT_KIND
            else _("%(name)s: Austritt, Daten löschen")
        )
    return open_job(
        kind=kind,
        subject=tenant.key,
        title=title % {"name": tenant.name},
        steps=steps,
        requested_by=requested_by,
        at=at,
    )


def _bound(step: LifecycleStep, number: int, requested_by: str) -> Step:
    def call(dotted: str) -> object:
        return turns.call(dotted, _step_context(number, requested_by))

    return Step(
        name=step.name,
        label=str(step.label),
        is_done=lambda: bool(call(step.check)),
        run=lambda: call(step.do),
    )


def _step_context(number: int, requested_by: str) -> StepContext:
    with context.enter_association():
        tenant = Tenant.objects.get(pk=number)
        return StepContext(municipality=directory.describe(tenant), at=clock.now(), requested_by=requested_by)


def _pk(number: int) -> int:
    with context.enter_association():
        found = Departure.objects.filter(tenant_id=number).values_list("pk", flat=True).first()
    if found is None:
        raise Conflict(_("Die Kommune %(key)s scheidet nicht aus.") % {"key": municipality_key(number)})
    return found
