# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What operators read and ask for about keys: whose were renewed when, what is under way, and new ones."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tenants.keys import renewal
from tenants.models import Tenant
from verbund.accounts.reach import api as reach
from verbund.jobs.hints import hint
from verbund.jobs.models import Job, JobStep, State
from verbund.kernel.actors import Actor
from verbund.kernel.context import ASSOCIATION

_BADGES = {State.DONE: "success", State.FAILED: "danger", State.RUNNING: "info", State.WAITING: "neutral"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """One scope's latest renewal; without a job there was none yet."""

    slug: str
    name: str
    job: Job | None

    @property
    def steps(self) -> list[JobStep]:
        return list(self.job.steps.all()) if self.job is not None else []

    @property
    def badge(self) -> str:
        return _BADGES[State(self.job.state)] if self.job is not None else "neutral"

    @property
    def state(self) -> str:
        return str(self.job.get_state_display()) if self.job is not None else _("noch nie")

    @property
    def is_open(self) -> bool:
        return self.job is not None and self.job.is_open

    @property
    def is_failed(self) -> bool:
        return self.job is not None and self.job.state == State.FAILED

    @property
    def detail(self) -> str:
        """The step at work or the one that failed, in words."""
        if self.is_failed and self.job is not None:
            return self.job.message
        step = next((step for step in self.steps if step.state == State.RUNNING), None)
        if step is None:
            return ""
        return f"{step.label}: {step.message}" if step.message else step.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """All scopes with their renewals. ``mark`` changes exactly when there is something new to show."""

    rows: list[Renewal]
    done: int
    most: int
    mark: str

    @property
    def names(self) -> list[tuple[str, str]]:
        """Slug and name of each, for a choice."""
        return [(row.slug, row.name) for row in self.rows]

    @property
    def is_open(self) -> bool:
        return any(row.is_open for row in self.rows)


def board() -> Board:
    """The association first, then the members in the order of their names; only what the reader looks after."""
    jobs = {job.subject: job for job in renewal.renewals()}
    members = reach.visible(Tenant.objects.filter(state__in=renewal.HAVE_KEYS)).order_by("sort_key")
    own = Renewal(slug=ASSOCIATION.key, name=_("Verband"), job=jobs.get(ASSOCIATION.key))
    rows = [own] if reach.current() is None else []
    rows += [Renewal(slug=tenant.slug, name=tenant.name, job=jobs.get(tenant.key)) for tenant in members]
    under_way = [row for row in rows if row.is_open]
    steps = [step for row in under_way for step in row.steps]
    done = sum(step.state == State.DONE for step in steps)
    seen = "-".join(
        [
            str(done),
            *(f"{row.job.pk}.{row.job.state[0]}" for row in rows if row.job),
            *(row.detail for row in under_way),
        ]
    )
    return Board(rows=rows, done=done, most=len(steps), mark=_short(seen))


@transaction.atomic
def renew(*, slug: str, with_data: bool, by: Actor, at: datetime) -> None:
    """Ask for new keys of one scope, or with an empty slug of all, and wake the worker.

    Raises what `renewal.request_renewal` raises.
    """
    if slug:
        jobs = [renewal.request_renewal(slug=slug, with_data=with_data, by=by, at=at)]
    else:
        jobs = renewal.request_all(with_data=with_data, by=by, at=at)
    for job in jobs:
        _wake_after_commit(job.pk)


@transaction.atomic
def retry(*, job_id: int, by: Actor, at: datetime) -> None:
    """Let a failed one go on; raises what `renewal.retry_renewal` raises."""
    renewal.retry_renewal(job_id=job_id, by=by, at=at)
    _wake_after_commit(job_id)


def _wake_after_commit(job_id: int) -> None:
    transaction.on_commit(lambda: hint("tenants.renew_keys", scope=ASSOCIATION, arguments=[job_id]))


def _short(text: str) -> str:
    return f"{zlib.crc32(text.encode()):08x}"
