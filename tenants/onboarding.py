# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Onboards a municipality: requested in one transaction, carried out step by step, resumable at each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tenants import directory, turns
from tenants.bodies_list import known_body
from tenants.models import Body, Host, OnboardingRequest, Tenant
from tenants.onboarding_input import OnboardingInput, OnboardingRefused, check, default_profile
from tenants.states import STEPS, State
from tenants.transitions import locked, move
from verbund.audit import api as audit
from verbund.jobs.models import Job
from verbund.jobs.models import State as JobState
from verbund.jobs.progress import Step, claim, open_job, run_steps
from verbund.kernel import clock, context, registry
from verbund.kernel.actors import Actor
from verbund.kernel.context import municipality_key
from verbund.kernel.errors import Conflict
from verbund.kernel.language import official_language
from verbund.kernel.ports import StepContext
from verbund.kernel.sorting import sort_key
from verbund.kernel.specs import LifecycleStep

JOB_KIND = "tenants.onboard"


def provision_steps() -> list[LifecycleStep]:
    """Every step any package registered, in order."""
    return turns.in_order(lambda lifecycle: lifecycle.provision)


def request_onboarding(inputs: Sequence[OnboardingInput], *, by: Actor, at: datetime) -> list[Job]:
    """Write the wishes down: registry rows, hosts (not routed yet) and a job for each. All or nothing.

    Raises:
        OnboardingRefused: with every reason of every row; nothing was made.
    """
    with context.enter_association(), transaction.atomic():
        _wait_for_turn()
        problems = check(inputs)
        if problems:
            raise OnboardingRefused(problems)
        return [_write(item, by=by, at=at) for item in inputs]


def run_onboarding(job_id: int) -> bool:
    """Carry a requested onboarding out, or go on where it stopped; True when the municipality is active.

    Needs the owner's login and Vault's provisioning rights. Safe to call twice: one of two callers works, and
    the other gets False at once.
    """
    job = claim(job_id, at=clock.now())
    if job is None:
        return False
    number = int(job.subject.removeprefix("m_"))
    operator = Actor(kind="system", role="operator", acting_for=job.requested_by)
    if not has_begun(number):
        move(number=number, wanted=State.PROVISIONING, by=operator, at=clock.now())
    try:
        reached = run_steps(job, [bound(step, number, job.requested_by) for step in provision_steps()])
    except Exception:
        note_failure(job, number, by=operator)
        raise
    if reached == JobState.FAILED:
        note_failure(job, number, by=operator)
    return reached == JobState.DONE


def retry(job_id: int, *, by: Actor, at: datetime) -> None:
    """Let a failed onboarding go on; the association must be entered.

    Raises:
        Conflict: it is not a failed one.
    """
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job_id, kind=JOB_KIND)
        is_discarding = Tenant.objects.filter(schema_name=job.subject, state=State.DISCARDING).exists()
        if job.state != JobState.FAILED or is_discarding:
            raise Conflict(_("Diese Einrichtung ist nicht fehlgeschlagen."))
        Job.objects.filter(pk=job_id).update(state=JobState.WAITING, created_at=at, finished_at=None)
        audit.record(action="tenants.onboarding.retried", subject=f"jobs.job:{job_id}", by=by, at=at)


def _write(item: OnboardingInput, *, by: Actor, at: datetime) -> Job:
    number = next_number()
    key = municipality_key(number)
    profile = item.profile or default_profile()
    modules = list(item.modules) if item.modules is not None else [spec.slug for spec in registry.modules()]
    tenant = Tenant(
        number=number,
        schema_name=key,
        slug=item.slug,
        name=item.name.strip(),
        sort_key=sort_key(item.name.strip()),
        kind=item.kind,
        ars=item.ars,
        state=State.REQUESTED,
        profile=profile,
        requested_at=at,
    )
    tenant.save(force_insert=True)
    for position, host in enumerate(item.hosts):
        Host.objects.create(tenant=tenant, domain=host, is_primary=position == 0)
    for body in item.bodies:
        known = known_body(body.ags)
        Body.objects.create(
            tenant=tenant,
            ags=body.ags,
            ars=known.ars if known else "",
            name=body.name.strip(),
            valid_from=clock.day_of(at),
        )
    job = open_job(
        kind=JOB_KIND,
        subject=key,
        title=f"{item.name} einrichten",
        steps=_steps_to_note(),
        requested_by=by.id or by.kind,
        at=at,
    )
    OnboardingRequest.objects.create(
        tenant=tenant,
        job_id=job.pk,
        admin_email=item.admin_email,
        requested_by=by.id or by.kind,
        modules=modules,
    )
    audit.record(
        action="tenants.tenant.requested",
        subject=f"tenants.tenant:{number}",
        by=by,
        changes={
            "slug": item.slug,
            "name": item.name,
            "kind": item.kind,
            "hosts": list(item.hosts),
            "modules": modules,
        },
        at=at,
    )
    return job


def _wait_for_turn() -> None:
    """One request at a time: two that want the same slug, host or body get an answer and not an error."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('tenants.onboarding'))")


def next_number() -> int:
    """The number has to be known before the row, because it names the schema."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('tenants_tenant', 'number'))")
        row = cursor.fetchone()
        return int(row[0])


def _steps_to_note() -> list[tuple[str, str]]:
    """Names and labels, written down in the official language."""
    with official_language():
        return [(step.name, str(step.label)) for step in provision_steps()]


def bound(step: LifecycleStep, number: int, requested_by: str) -> Step:
    def call(dotted: str) -> object:
        return turns.call(dotted, step_context(number, requested_by))

    return Step(
        name=step.name,
        label=str(step.label),
        is_done=lambda: bool(call(step.check)),
        run=lambda: call(step.do),
    )


def step_context(number: int, requested_by: str) -> StepContext:
    """Read anew for each step: an earlier one may have switched modules on."""
    with context.enter_association():
        tenant = Tenant.objects.select_related("onboarding").get(pk=number)
        return StepContext(
            municipality=directory.describe(tenant),
            at=clock.now(),
            admin_email=tenant.onboarding.admin_email or "",
            requested_by=requested_by,
            has_been_active=tenant.activated_at is not None,
        )


def has_begun(number: int) -> bool:
    """Whether a worker that died had already moved it on; its steps find out for themselves what is done."""
    with context.enter_association():
        return Tenant.objects.filter(pk=number, state__in=[State.PROVISIONING, State.ACTIVE]).exists()


def note_failure(job: Job, number: int, *, by: Actor) -> None:
    """Say at the member why it is not ready, unless it serves: what fails then is the job alone."""
    with context.enter_association(), transaction.atomic():
        reason = Job.objects.values_list("message", flat=True).get(pk=job.pk)
        if State.FAILED in STEPS[State(locked(number).state)]:
            move(number=number, wanted=State.FAILED, by=by, at=clock.now(), reason=reason)
