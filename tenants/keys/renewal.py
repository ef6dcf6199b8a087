# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Renews the keys of municipalities and of the association: asked for here, carried out by whoever may, resumable."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from tenants import directory
from tenants.models import Tenant
from tenants.states import State
from verbund.audit import api as audit
from verbund.audit.models import AuditEntry
from verbund.jobs.models import Job, JobStep
from verbund.jobs.models import State as JobState
from verbund.jobs.progress import Step, claim, open_job, run_steps, tell
from verbund.kernel import clock, context, registry
from verbund.kernel.actors import SYSTEM, Actor
from verbund.kernel.context import ASSOCIATION
from verbund.kernel.errors import Conflict, NotFound
from verbund.kernel.language import official_language
from verbund.kernel.msgids import gettext_noop
from verbund.kernel.ports import RekeyContext
from verbund.kernel.specs import LifecycleStep

JOB_KIND: Final = "tenants.renew_keys"
_NOTE: Final = "note"
_NOTE_LABEL: Final = gettext_noop("Im Protokoll vermerken")
# From this order on a step touches the data itself, not only the keys that wrap keys.
_DATA_FROM: Final = 500
HAVE_KEYS: Final = (State.ACTIVE, State.SUSPENDED, State.LEAVING)


def rekey_steps(*, with_data: bool = True) -> list[LifecycleStep]:
    """Every step any package registered, in order; without those that encrypt data anew, if that is not wanted."""
    return sorted(
        (
            step
            for spec in registry.all_specs()
            for step in spec.lifecycle.rekey
            if with_data or step.order < _DATA_FROM
        ),
        key=lambda step: (step.order, step.name),
    )


@transaction.atomic
def request_renewal(*, slug: str, with_data: bool = False, by: Actor, at: datetime) -> Job:
    """Ask for new keys of one municipality; ``association`` stands for the association. It must be entered.

    Raises:
        NotFound: no member of that slug has keys.
        Conflict: its keys are being renewed already.
    """
    key, name = _named(slug)
    return _open(key, name, with_data=with_data, by=by, at=at)


@transaction.atomic
def request_all(*, with_data: bool = False, by: Actor, at: datetime) -> list[Job]:
    """Ask for new keys of everybody, the association first; whose renewal is under way is left out.

    The association must be entered.
    """
    busy = set(
        Job.objects.filter(kind=JOB_KIND, state__in=[JobState.WAITING, JobState.RUNNING]).values_list(
            "subject", flat=True
        )
    )
    members = Tenant.objects.filter(state__in=HAVE_KEYS).order_by("number")
    named = [(ASSOCIATION.key, _("Verband")), *((tenant.key, tenant.name) for tenant in members)]
    return [_open(key, name, with_data=with_data, by=by, at=at) for key, name in named if key not in busy]


@transaction.atomic
def retry_renewal(*, job_id: int, by: Actor, at: datetime) -> None:
    """Let a failed renewal go on where it stopped; the association must be entered.

    Raises:
        NotFound: there is no such renewal.
        Conflict: it is not a failed one, or a newer one is under way.
    """
    job = Job.objects.select_for_update().filter(pk=job_id, kind=JOB_KIND).first()
    if job is None:
        raise NotFound
    newer = Job.objects.filter(kind=JOB_KIND, subject=job.subject, pk__gt=job.pk).exists()
    if job.state != JobState.FAILED or newer:
        raise Conflict(_("Diese Erneuerung ist nicht fehlgeschlagen, oder es gibt schon eine neuere."))
    Job.objects.filter(pk=job_id).update(state=JobState.WAITING, created_at=at, finished_at=None, message="")
    audit.record(action="vault.keys.renewal_retried", subject=f"vault.key:{job.subject}", by=by, at=at)


def run_renewal(job_id: int) -> bool:
    """Carry a renewal out, or go on where it stopped; True when it is done.

    Needs Vault's provisioning rights. Safe to call twice: one of two callers works, the other gets False at once.
    """
    job = claim(job_id, at=clock.now())
    if job is None:
        return False
    with context.enter_association():
        noted = set(JobStep.objects.filter(job=job).values_list("name", flat=True))
    steps = [_bound(step, job) for step in rekey_steps() if step.name in noted]
    return run_steps(job, [*steps, _note(job)]) == JobState.DONE


def renewals() -> list[Job]:
    """The latest renewal of each scope, the newest first, with steps; the association must be entered."""
    latest = Job.objects.filter(kind=JOB_KIND).order_by("subject", "-pk").distinct("subject")
    found = Job.objects.filter(pk__in=[job.pk for job in latest]).prefetch_related("steps")
    return list(found.order_by("-created_at", "pk"))


def _named(slug: str) -> tuple[str, str]:
    if slug == ASSOCIATION.key:
        return ASSOCIATION.key, _("Verband")
    tenant = Tenant.objects.filter(slug=slug, state__in=HAVE_KEYS).first()
    if tenant is None:
        raise NotFound(_("Eine Kommune %(slug)s mit Schlüsseln gibt es nicht.") % {"slug": slug})
    return tenant.key, tenant.name


def _open(key: str, name: str, *, with_data: bool, by: Actor, at: datetime) -> Job:
    with official_language():
        labels = [(step.name, str(step.label)) for step in rekey_steps(with_data=with_data)]
        labels.append((_NOTE, _(_NOTE_LABEL)))
        title = _("Schlüssel erneuern: %(name)s") % {"name": name}
    job = open_job(
        kind=JOB_KIND, subject=key, title=title, steps=labels, requested_by=by.id or by.kind, at=at
    )
    audit.record(
        action="vault.keys.renewal_requested",
        subject=f"vault.key:{key}",
        by=by,
        changes={"with_data": with_data},
        at=at,
    )
    return job


@contextmanager
def _entered(key: str) -> Iterator[None]:
    """The scope of a job's subject, whatever its state; what has left has no schema to enter."""
    if key == ASSOCIATION.key:
        with context.enter_association():
            yield
        return
    with context.enter_association():
        tenant = Tenant.objects.filter(schema_name=key, state__in=HAVE_KEYS).first()
        if tenant is None:
            raise NotFound(_("Diese Kommune hat keine Schlüssel (mehr)."))
        municipality = directory.describe(tenant)
    with context.enter(municipality):
        yield


def _bound(step: LifecycleStep, job: Job) -> Step:
    def call(dotted: str) -> Callable[[], object]:
        function = registry.load(dotted)

        def bound() -> object:
            given = RekeyContext(at=clock.now(), progress=lambda text: tell(job, step.name, text))
            with _entered(job.subject):
                return function(given)  # type: ignore[operator]  # checked by a conformance test

        return bound

    do, is_done = call(step.do), call(step.check)

    def run() -> None:
        do()

    return Step(name=step.name, label=str(step.label), is_done=lambda: bool(is_done()), run=run)


def _note(job: Job) -> Step:
    """Rows for whose keys were renewed and for the association; the job's number tells that they are there."""
    values = {
        "action": "vault.keys.renewed",
        "subject": f"vault.key:{job.subject}",
        "changes": {"job": job.pk},
    }

    def is_done() -> bool:
        with _entered(job.subject):
            return AuditEntry.objects.filter(**values).exists()

    def run() -> None:
        for scope in dict.fromkeys([ASSOCIATION.key, job.subject]):
            with _entered(scope), transaction.atomic():
                audit.record(**values, by=SYSTEM, at=clock.now())  # type: ignore[arg-type]  # by name

    return Step(name=_NOTE, label=_NOTE_LABEL, is_done=is_done, run=run)
