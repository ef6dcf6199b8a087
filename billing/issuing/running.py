# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Issuing in the background: a job people watch member by member, taken up again where a worker was killed.

What is issued is issued, document by document; going on or trying again makes only what is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.closing.periods import get_period, month_of, must, wrong_state
from billing.closing.states import State
from billing.forms import month_text
from billing.issuing.issuing import issue_period, preview_period
from billing.issuing.models import IssueRun
from billing.issuing.parties import get_issuer
from billing.issuing.waiting import Failure, Reached
from billing.permissions import BillingPermission
from billing.persons import acting, answerable
from verbund.audit import api as audit
from verbund.jobs.hints import hint
from verbund.jobs.models import Job
from verbund.jobs.progress import Step, claim, open_job, run_steps, stale_jobs, tell
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.kernel.context import ASSOCIATION
from verbund.kernel.errors import Conflict
from verbund.kernel.language import official_language
from verbund.metering.periods import Period

TASK = "billing.issue"
#: By whether it is a rehearsal: both may run at once, as a rehearsal takes no number.
JOB_KINDS = {False: "billing.issue", True: "billing.rehearse"}
_STEP = "documents"


class Unfinished(Conflict):
    """Some documents are missing; which and why stands in the run."""

    code = "unfinished"


@transaction.atomic
def request_issue(*, period: Period, is_rehearsal: bool = False, by: Actor, at: datetime) -> IssueRun:
    """Let a worker issue an approved month in the name of whoever asks, or only try every document. The association must be entered.

    Raises:
        Forbidden: the actor may not, or nobody answers for it.
        Conflict: the month is not approved (for a rehearsal: not calculated), or it is being worked on already.
        Invalid: the association's own details are missing.
    """
    must(by, BillingPermission.ISSUE)
    person = answerable(by)
    row = get_period(period)
    if row.run is None or not (is_rehearsal or row.state in {State.APPROVED, State.ISSUED}):
        raise wrong_state(row)
    get_issuer()
    # Others read it too, whatever language whoever asks reads.
    with official_language():
        title = (
            _("Dokumente für %(month)s prüfen") if is_rehearsal else _("Dokumente für %(month)s ausstellen")
        )
        job = open_job(
            kind=JOB_KINDS[is_rehearsal],
            subject=str(period),
            title=title % {"month": month_text(period)},
            steps=[(_STEP, _("Bescheide und Rechnungen"))],
            requested_by=by.name,
            at=at,
        )
    run = IssueRun.objects.create(job=job, period=row, is_rehearsal=is_rehearsal, person=person)
    audit.record(
        action="billing.period.rehearsal_requested" if is_rehearsal else "billing.period.issue_requested",
        subject=f"billing.period:{row.name}",
        by=by,
        changes={"job": job.pk},
        at=at,
    )
    transaction.on_commit(lambda: hint(TASK, scope=ASSOCIATION, arguments=[job.pk]))
    return run


def run_issue(job_id: int) -> bool:
    """Carry a requested issue or rehearsal out, or go on where it stopped; safe to call twice. True: nothing is missing."""
    job = claim(job_id, at=clock.now())
    if job is None:
        return False
    return (
        run_steps(job, [Step(name=_STEP, label="", is_done=lambda: False, run=lambda: _work(job))]) == "DONE"
    )


def resume(*, at: datetime) -> int:
    """Go on with what lost its message or its worker; returns how many."""
    jobs = [job_id for kind in JOB_KINDS.values() for job_id in stale_jobs(kind, at=at)]
    for job_id in jobs:
        run_issue(job_id)
    return len(jobs)


def newest_run(period: Period) -> IssueRun | None:
    """The newest attempt of a month, rehearsals too."""
    return IssueRun.objects.select_related("job").filter(period__month=period.first).first()


def _work(job: Job) -> None:
    with context.enter_association():
        run = IssueRun.objects.select_related("period").get(job=job)
        period, at, today = month_of(run.period), clock.now(), clock.today()

        def watch(reached: Reached) -> None:
            # First whether the job is still ours: otherwise somebody else writes the run's row.
            tell(job, _STEP, _said(reached))
            IssueRun.objects.filter(pk=run.pk).update(
                members=reached.most,
                members_done=reached.done,
                member=reached.member,
                documents=reached.documents,
                failures=_plain(reached.failures),
            )

        work = preview_period if run.is_rehearsal else issue_period
        made = work(period=period, by=acting(run.person), at=at, today=today, progress=watch)
    if made.failures:
        raise Unfinished(
            ngettext(
                "Ein Dokument fehlt noch. Die Liste sagt, warum.",
                "%(count)s Dokumente fehlen noch. Die Liste sagt, warum.",
                len(made.failures),
            )
            % {"count": len(made.failures)}
        )


def _said(reached: Reached) -> str:
    return _("%(done)s von %(most)s Kommunen") % {"done": reached.done, "most": reached.most}


def _plain(failures: Sequence[Failure]) -> list[dict[str, object]]:
    return [asdict(failure) for failure in failures]
