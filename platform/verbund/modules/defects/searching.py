# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of the reports can be found: number, category, place, and the words the office has released."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from verbund.kernel.ports import SearchDocument
from verbund.modules.defects import rules
from verbund.modules.defects.links import path_to
from verbund.modules.defects.models import Report
from verbund.search import index

SOURCE = "defects.report"


def documents(keys: Collection[str] | None) -> Iterator[SearchDocument]:
    """The reports with these numbers, or all. The reporter's own words are theirs and stay out, also for the office."""
    reports = Report.objects.select_related("category", "duplicate_of").order_by("id")
    for report in reports if keys is None else reports.filter(reference__in=keys):
        is_public = rules.is_public(report)
        yield SearchDocument(
            key=report.reference,
            title=f"{report.category.name}, {report.address}",
            at=report.submitted_at,
            public_text=f"{report.reference}. {report.public_description}",
            public_url=path_to("defects:report", reference=report.reference) if is_public else "",
            staff_text=f"{report.reference}. {report.public_description} {report.forwarded_to}".strip(),
            staff_url=path_to("defects-staff:report", reference=report.reference),
        )


def keep_findable(report: Report) -> None:
    """Index a report as it is now, and its duplicates, which are public no longer than it is."""
    repeated = report.duplicates.values_list("reference", flat=True)
    index.refresh(source=SOURCE, keys=[report.reference, *repeated])


def forget(report: Report) -> None:
    """After it is deleted."""
    index.refresh(source=SOURCE, keys=[report.reference])
