# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Puts a municipality back to an earlier day: same number, same names, same hosts.

The archive is read whole before anything else happens. Then the municipality stops serving, its schema is put aside, and
stays there until the earlier day stands and was compared. What fails before that puts the present day back.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import structlog
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenants.archive import in_place_end as end
from tenants.archive import in_place_steps as steps
from tenants.archive.in_place_steps import Work
from tenants.archive.quiet import alone
from tenants.grave_steps import reason_of
from tenants.models import InPlaceRestoration
from tenants.schema_engine import roles
from tenants.states import State
from tenants.transitions import BeingRestored, locked
from verbund.audit import api as audit
from verbund.jobs.models import Job
from verbund.jobs.models import State as JobState
from verbund.jobs.progress import Step, claim, open_job, run_steps, stale_jobs
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict
from verbund.kernel.language import official_language
from verbund.kernel.msgids import gettext_noop

log = structlog.get_logger()
JOB_KIND: Final = "tenants.restore_in_place"
_Check = Callable[[Work], bool]


class GivenUp(Conflict):
    """Its worker lost the database while it failed: what stood before stands again already."""

    code = "restoration_given_up"
    message = gettext_noop("Die Wiederherstellung ist fehlgeschlagen; der Stand davor gilt weiter.")


def _never(_work: Work) -> bool:
    return False


# Name, label, whether it is done, what it does; all but the last are done as soon as the earlier day stands.
_STEPS: Final[tuple[tuple[str, Any, _Check, Callable[[Work], None]], ...]] = (
    ("archive", gettext_lazy("Archiv vollständig lesen und prüfen"), _never, steps.read_whole),
    ("close", gettext_lazy("Kommune aussetzen"), steps.has_closed, steps.close),
    ("present", gettext_lazy("Jetzigen Stand sichern"), steps.is_aside, steps.keep_present),
    ("aside", gettext_lazy("Jetzigen Stand beiseite legen"), steps.is_aside, steps.put_aside),
    ("data", gettext_lazy("Tabellen und Schlüssel einlesen"), steps.is_compared, steps.load),
    ("files", gettext_lazy("Dateien einlesen"), steps.is_compared, steps.load_files),
    ("compare", gettext_lazy("Mit dem Archiv vergleichen"), steps.is_compared, steps.compare),
    ("open", gettext_lazy("Protokollieren und wieder öffnen"), _never, end.open_again),
)
_LAST: Final = ("tidy", gettext_lazy("Beiseite gelegten Stand löschen"))


@transaction.atomic
def request_in_place(
    *, number: int, path: Path, confirmation: str, reason: str, by: Actor, at: datetime
) -> Job:
    """Ask for a member to be put back to the day of an archive; a worker with the rights for it does it.

    ``confirmation`` is its slug, typed. Whoever asks need not reach the file: the worker reads the archive whole before
    the member is touched, and refuses what is none.

    Raises:
        Invalid: the confirmation or the reason.
        Conflict: it is neither active nor suspended, or another restoration is under way.
    """
    with context.enter_association():
        tenant = locked(number)
        reason = reason_of(tenant, confirmation=confirmation, reason=reason)
        # One whose job has failed, but which nobody could put back yet, is under way too.
        if tenant.in_place_restorations.filter(finished_at=None).exists():
            raise BeingRestored
        if tenant.state not in {State.ACTIVE, State.SUSPENDED}:
            raise Conflict(
                _("Nur eine aktive oder ausgesetzte Kommune lässt sich auf einen früheren Stand bringen.")
            )
        requested_by = by.id or by.kind
        with official_language():
            job = open_job(
                kind=JOB_KIND,
                subject=tenant.key,
                title=_("%(name)s: auf früheren Stand bringen") % {"name": tenant.name},
                steps=[
                    *((name, str(label)) for name, label, _done, _run in _STEPS),
                    (_LAST[0], str(_LAST[1])),
                ],
                requested_by=requested_by,
                at=at,
            )
        InPlaceRestoration.objects.create(
            tenant=tenant,
            job_id=job.pk,
            path=str(path.absolute()),
            reason=reason,
            requested_by=requested_by,
            requested_at=at,
        )
        audit.record(
            action="tenants.restoration.in_place_requested",
            subject=f"tenants.tenant:{number}",
            by=by,
            at=at,
            changes={"archive": path.name},
            reason=reason,
        )
        return job


def run_in_place(job_id: int) -> bool:
    """Carry it out, or go on where it stopped; True when the earlier day stands. What fails puts the present day back."""
    with alone(job_id) as is_ours:
        job = claim(job_id, at=clock.now()) if is_ours else None
        return job is not None and _run(job)


def _run(job: Job) -> bool:
    work = _work(job)
    bound = [
        Step(name=name, label=str(label), is_done=partial(_is_done, work, is_done), run=partial(run, work))
        for name, label, is_done, run in _STEPS
    ]
    last = Step(name=_LAST[0], label=str(_LAST[1]), is_done=lambda: False, run=partial(end.tidy_up, work))
    try:
        reached = run_steps(job, [*bound, last])
    except Exception:
        end.put_back(work)
        raise
    if reached == JobState.FAILED:
        end.put_back(work)
    return reached == JobState.DONE


def go_on(*, at: datetime) -> list[int]:
    """Put back and tidy up what could not be when it failed; the jobs whose worker or message was lost.

    One that fails again does not hold up the others.
    """
    with context.enter_association():
        rows = InPlaceRestoration.objects.filter(finished_at=None).values_list("job_id", flat=True)
        failed = list(Job.objects.filter(pk__in=list(rows), state=JobState.FAILED))
    for job in failed:
        _try(end.put_back, job)
    for job in _untidy():
        _try(end.tidy_up, job)
    return stale_jobs(JOB_KIND, at=at)


def _untidy() -> list[Job]:
    """Restorations after which the earlier day stands, and what stood before still lies beside it."""
    left = roles.all_replaced()
    with context.enter_association():
        rows = InPlaceRestoration.objects.filter(
            tenant__schema_name__in=left, finished_at__isnull=False, begun_at__isnull=False, is_put_back=False
        )
        rows = rows.exclude(tenant__in_place_restorations__finished_at=None)
        jobs = Job.objects.filter(pk__in=list(rows.values_list("job_id", flat=True)))
        return list(jobs.filter(state=JobState.FAILED))


def _try(mend: Callable[[Work], None], job: Job) -> None:
    try:
        with alone(job.pk) as is_ours:
            if is_ours:
                mend(_work(job))
    except Exception:  # whatever it is, the next sweep tries again
        log.exception("tenants.restoration_not_mended", job=job.pk)


def _work(job: Job) -> Work:
    with context.enter_association():
        row = InPlaceRestoration.objects.get(job_id=job.pk)
    operator = Actor(kind="system", role="operator", acting_for=job.requested_by)
    return Work(number=row.tenant_id, pk=row.pk, path=Path(row.path), by=operator)


def _is_done(work: Work, check: _Check) -> bool:
    if work.is_given_up():
        raise GivenUp
    return work.is_over() or check(work)
