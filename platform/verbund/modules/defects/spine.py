# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A report as a case among the office's others: opened with it, kept up to date with it, gone with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from verbund.cases import spine
from verbund.cases.events import CaseAssigned
from verbund.cases.models import TimelineEntry
from verbund.cases.phases import Phase
from verbund.cases.timeline import note_down
from verbund.kernel.events import Event
from verbund.modules.defects import rules, searching
from verbund.modules.defects.links import path_to
from verbund.modules.defects.models import Category, Report
from verbund.modules.defects.states import OPEN, State
from verbund.places.locating import forget_location
from verbund.places.models import Location

KIND = "defects.report"


def open_report(*, category: Category, location: Location, at: datetime, **fields: Any) -> Report:
    """A report nobody has confirmed yet, with its case and number."""
    report = Report(
        category=category,
        location=location,
        state=State.UNCONFIRMED,
        submitted_at=at,
        updated_at=at,
        **fields,
    )
    report.case = spine.open_case(kind=KIND, facts=facts_of(report), at=at)
    report.reference = report.case.reference
    report.save()
    searching.keep_findable(report)
    return report


def keep_up(report: Report) -> None:
    """Show the report as it is now in the office's list and to who searches."""
    spine.keep_case(report.case, facts_of(report))
    searching.keep_findable(report)


def forget_report(report: Report) -> None:
    """Delete a report, its place and its case."""
    case, location = report.case, report.location
    report.delete()
    forget_location(location)
    spine.forget_case(case)
    searching.forget(report)


def facts_of(report: Report) -> spine.Facts:
    """What the list shows: category and place, never the reporter's words."""
    return spine.Facts(
        subject=f"{report.category.name}, {report.address}",
        state=report.state,
        phase=_phase(State(report.state)),
        is_new=rules.is_waiting(report),
        received_at=report.received_at,
        closed_at=report.closed_at,
        due_on=rules.due_on(report),
    )


def staff_path(reference: str) -> str:
    """The page for the office."""
    return path_to("defects-staff:report", reference=reference)


def note_assignment(event: Event) -> None:
    """Write into the report's timeline who looks after it now."""
    if isinstance(event, CaseAssigned) and event.kind == KIND:
        report = Report.objects.select_related("case").get(case_id=event.case_id)
        text = event.person_name or "niemand"
        note_down(report.case, TimelineEntry.Kind.ASSIGNED, by=event.by, at=event.at, text=text)


def _phase(state: State) -> Phase:
    if state is State.UNCONFIRMED:
        return Phase.PENDING
    return Phase.OPEN if state in OPEN else Phase.CLOSED
