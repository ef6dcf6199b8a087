# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the Doctor asks of the jobs: is one about this municipality stuck, and did the last of each kind succeed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from verbund.jobs.models import Job, State
from verbund.kernel import clock, context
from verbund.kernel.context import Municipality
from verbund.kernel.ports import Diagnosis

_STUCK = timedelta(minutes=5)


def look_at_jobs(municipality: Municipality) -> Iterator[Diagnosis]:
    """The newest job of each kind counts: a failure that was made good later is history."""
    with context.enter_association():
        newest = (
            Job.objects.filter(subject=municipality.key)
            .order_by("kind", "-pk")
            .distinct("kind")
            .in_bulk()
            .values()
        )
    limit = clock.now() - _STUCK
    troubled = False
    for job in newest:
        if job.state == State.FAILED:
            troubled = True
            message = _("%(title)s ist fehlgeschlagen: %(reason)s") % {
                "title": job.title,
                "reason": job.message,
            }
            yield Diagnosis(code="job_failed", level="error", message=message, at=job.finished_at)
        elif job.is_open and (job.heartbeat_at or job.created_at) < limit:
            troubled = True
            message = _("%(title)s kommt nicht voran. Läuft der Dienst für die Bereitstellung?") % {
                "title": job.title
            }
            yield Diagnosis(
                code="job_stuck", level="error", message=message, at=job.heartbeat_at or job.created_at
            )
    if not troubled:
        yield Diagnosis(
            code="jobs", level="ok", message=_("Kein Auftrag hängt fest oder ist fehlgeschlagen.")
        )
