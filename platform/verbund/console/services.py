# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What operators do: they ask for an onboarding or for taking it back; a worker with the rights for it carries it out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tenants import onboarding
from tenants.discarding import request_discard
from tenants.onboarding_input import OnboardingInput, OnboardingRefused, check
from verbund.jobs.hints import hint
from verbund.jobs.models import Job
from verbund.kernel.actors import Actor
from verbund.kernel.context import ASSOCIATION


def check_onboarding(wanted: OnboardingInput) -> None:
    """Judge the wish without making anything.

    Raises:
        OnboardingRefused: with every reason.
    """
    problems = check([wanted])
    if problems:
        raise OnboardingRefused(problems)


@transaction.atomic
def start_onboarding(*, wanted: OnboardingInput, by: Actor, at: datetime) -> Job:
    """Write the wish down and wake the worker; without a broker the worker finds it within half a minute.

    Raises:
        OnboardingRefused: with every reason; nothing was made.
    """
    job = onboarding.request_onboarding([wanted], by=by, at=at)[0]
    transaction.on_commit(lambda: _wake("tenants.onboard", job.pk))
    return job


@transaction.atomic
def retry_onboarding(*, job_id: int, by: Actor, at: datetime) -> None:
    """Let a failed onboarding go on at the step that failed.

    Raises:
        Conflict: it is not a failed one.
    """
    onboarding.retry(job_id, by=by, at=at)
    transaction.on_commit(lambda: _wake("tenants.onboard", job_id))


@transaction.atomic
def start_discard(*, number: int, by: Actor, at: datetime, reason: str) -> Job:
    """Ask for an onboarding to be taken back and wake the worker.

    Raises:
        Conflict: the member has served already, or its onboarding is running this moment.
    """
    job = request_discard(number=number, by=by, at=at, reason=reason)
    transaction.on_commit(lambda: _wake("tenants.discard", job.pk))
    return job


def _wake(task: str, job_id: int) -> None:
    hint(task, scope=ASSOCIATION, arguments=[job_id])
