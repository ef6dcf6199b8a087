# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long reports are kept: five years after they were closed, with their photos, timeline and contact."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from verbund.audit import api as audit
from verbund.files import api as files
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.modules.defects.models import Report
from verbund.modules.defects.spine import forget_report
from verbund.modules.defects.states import CLOSED

KEPT_YEARS: Final = 5
_BATCH: Final = 100
_LEAP_DAY: Final = (2, 29)


def delete_over(*, at: datetime) -> int:
    """Delete what was closed five years ago or earlier; returns how many reports.

    A report that others repeat waits for them. Each batch is a transaction of its own, so that a crash loses little work.
    """
    total = 0
    while deleted := _delete_batch(at=at):
        total += deleted
    return total


@transaction.atomic
def _delete_batch(*, at: datetime) -> int:
    over = Report.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        state__in=CLOSED, closed_at__lte=_last_over(at), duplicates=None
    )
    batch = list(over.select_related("case").order_by("closed_at", "pk")[:_BATCH])
    for report in batch:
        photos = list(report.photos.values_list("file_id", flat=True))
        audit.record(
            action="defects.report.deleted",
            subject=f"defects.report:{report.pk}",
            by=SYSTEM,
            changes={"reference": report.reference, "kept_years": KEPT_YEARS},
            reason="Frist abgelaufen",
            at=at,
        )
        forget_report(report)
        files.delete_files(file_ids=photos, by=SYSTEM, at=at)
    return len(batch)


def _last_over(at: datetime) -> datetime:
    """The same moment five years ago, by the clock of Berlin; the 28th stands for a 29th of February."""
    here = at.astimezone(clock.BERLIN)
    day = 28 if (here.month, here.day) == _LEAP_DAY else here.day
    return here.replace(year=here.year - KEPT_YEARS, day=day)
