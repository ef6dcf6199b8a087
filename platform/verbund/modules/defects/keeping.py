# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which closed reports are over, and how they go: with their photos, timeline and contact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db.models import F, QuerySet

from verbund.audit import api as audit
from verbund.files import api as files
from verbund.kernel.actors import SYSTEM
from verbund.modules.defects.models import Report
from verbund.modules.defects.photos import file_ids_of
from verbund.modules.defects.spine import forget_report
from verbund.modules.defects.states import CLOSED


class Reports:
    """The module's kernel.ports.Keeping."""

    def over(self, until: datetime) -> QuerySet[Report]:
        """A report that others repeat waits for them."""
        closed = Report.objects.filter(state__in=CLOSED, closed_at__lte=until, duplicates=None)
        return closed.annotate(key=F("reference")).select_related("case").order_by("closed_at", "pk")

    def delete(self, rows: Sequence[Report], *, months: int, at: datetime) -> None:
        """With everything that hangs on them."""
        for report in rows:
            photos = file_ids_of(report)
            audit.record(
                action="defects.report.deleted",
                subject=f"defects.report:{report.pk}",
                by=SYSTEM,
                changes={"reference": report.reference, "kept_months": months},
                reason="Frist abgelaufen",
                at=at,
            )
            forget_report(report)
            files.delete_files(file_ids=photos, by=SYSTEM, at=at)


REPORTS: Final = Reports()
