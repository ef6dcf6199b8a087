# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happened to a case: written by whoever works on it, read by the office and, where public, by its sender.

No audit here: the row of the package that calls says what happened.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from verbund.cases.models import Case, TimelineEntry
from verbund.kernel.actors import Actor


def note_down(
    case: Case,
    kind: TimelineEntry.Kind,
    *,
    by: Actor,
    at: datetime,
    is_public: bool = False,
    text: str = "",
    expected_on: date | None = None,
    forwarded_to: str = "",
) -> TimelineEntry:
    """Add an entry with the state the case has now. Names are not copied: only who it was."""
    return TimelineEntry.objects.create(
        case=case,
        at=at,
        kind=kind,
        is_public=is_public,
        state=case.state,
        text=text.strip(),
        expected_on=expected_on,
        forwarded_to=forwarded_to,
        author_kind=by.kind,
        author_id=by.id,
    )


def whole_timeline(case_id: int) -> QuerySet[TimelineEntry]:
    """Everything, newest first: for the office."""
    return TimelineEntry.objects.filter(case_id=case_id).order_by("-at", "-id")


def public_timeline(case_id: int) -> QuerySet[TimelineEntry]:
    """What its sender may see, newest first."""
    return whole_timeline(case_id).filter(is_public=True)


def public_timelines(cases: Iterable[Case]) -> dict[int, list[TimelineEntry]]:
    """The same for several cases, in one query."""
    found: dict[int, list[TimelineEntry]] = {case.pk: [] for case in cases}
    entries = TimelineEntry.objects.filter(case_id__in=list(found), is_public=True)
    for entry in entries.order_by("-at", "-id"):
        found[entry.case_id].append(entry)
    return found


def latest_words(case_ids: Iterable[int]) -> dict[int, str]:
    """What the office said last in public with a new state: its question, where it waits for an answer."""
    entries = TimelineEntry.objects.filter(
        case_id__in=list(case_ids), is_public=True, kind=TimelineEntry.Kind.STATE
    )
    newest = entries.order_by("case_id", "-at", "-id").distinct("case_id")
    return dict(newest.values_list("case_id", "text"))
