# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The monthly run in the background: a job with steps people watch, taken up again where a worker was killed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from billing.closing.blocking import refuse_blocked
from billing.closing.calculating import calculate_period
from billing.closing.models import BillingPeriod, Participation
from billing.closing.periods import follow_calendar, get_period, locked, must
from billing.closing.states import Act, State
from billing.permissions import BillingPermission
from billing.persons import person_of
from verbund.audit import api as audit
from verbund.jobs.hints import hint
from verbund.jobs.models import Job
from verbund.jobs.progress import Step, claim, open_job, run_steps, stale_jobs
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM, Actor
from verbund.kernel.context import ASSOCIATION
from verbund.metering import rollup
from verbund.metering.periods import Period, parse_period, period_of

JOB_KIND = "billing.calculate"
TASK = "billing.calculate"


@transaction.atomic
def request_calculation(*, period: Period, by: Actor, at: datetime) -> Job:
    """Let a worker calculate the month; whoever asks counts as who calculated. The association must be entered.

    Raises:
        Forbidden: the actor may not, or nobody answers for it.
        Conflict: it is being calculated already, or something has to be done first.
    """
    must(by, BillingPermission.CALCULATE)
    person = person_of(by)
    row = follow_calendar(get_period(period), today=clock.day_of(at))
    refuse_blocked(row, State.CALCULATED, today=clock.day_of(at))
    job = open_job(
        kind=JOB_KIND,
        subject=str(period),
        title=_("Abrechnung %(month)s berechnen") % {"month": period},
        steps=[
            ("counters", _("Zähler zusammenfassen")),
            ("calculate", _("Kosten verteilen und Posten schreiben")),
        ],
        requested_by=by.name,
        at=at,
    )
    if person is not None:
        Participation.objects.bulk_create(
            [Participation(period=row, person=person, act=Act.CALCULATED, at=at)], ignore_conflicts=True
        )
    audit.record(
        action="billing.period.calculation_requested",
        subject=f"billing.period:{row.name}",
        by=by,
        changes={"job": job.pk},
        at=at,
    )
    transaction.on_commit(lambda: hint(TASK, scope=ASSOCIATION, arguments=[job.pk]))
    return job


def run_calculation(job_id: int) -> bool:
    """Carry a requested calculation out, or go on where it stopped; safe to call twice."""
    job = claim(job_id, at=clock.now())
    if job is None:
        return False
    period = parse_period(job.subject)
    state = run_steps(
        job,
        [
            Step(name="counters", label="", is_done=lambda: False, run=rollup.roll_up),
            # Again is the same: equal figures give the run that is there.
            Step(name="calculate", label="", is_done=lambda: False, run=lambda: _calculate(period)),
        ],
    )
    return state == "DONE"


def resume(*, at: datetime) -> int:
    """Go on with calculations whose message or worker was lost; returns how many."""
    jobs = stale_jobs(JOB_KIND, at=at)
    for job_id in jobs:
        run_calculation(job_id)
    return len(jobs)


def follow_months(*, at: datetime) -> int:
    """Move months that are over into their grace period, the last one also if nothing was entered for it yet."""
    today = clock.day_of(at)
    with context.enter_association(), transaction.atomic():
        get_period(period_of(today).previous)
        months = list(BillingPeriod.objects.filter(state=State.OPEN, month__lt=period_of(today).first))
        for row in months:
            follow_calendar(locked(Period(row.month.year, row.month.month)), today=today)
    return len(months)


def _calculate(period: Period) -> None:
    with context.enter_association():
        calculate_period(period=period, by=SYSTEM, at=clock.now(), today=clock.today())
