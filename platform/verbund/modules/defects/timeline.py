# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes what happened to a report."""

from __future__ import annotations

from datetime import date, datetime

from verbund.kernel.actors import Actor
from verbund.modules.defects.models import Report, TimelineEntry


def note_down(
    report: Report,
    kind: TimelineEntry.Kind,
    *,
    by: Actor,
    at: datetime,
    is_public: bool = False,
    text: str = "",
    expected_on: date | None = None,
    forwarded_to: str = "",
) -> TimelineEntry:
    """Add an entry with the state the report has now. Names are not copied: only who it was."""
    return TimelineEntry.objects.create(
        report=report,
        at=at,
        kind=kind,
        is_public=is_public,
        state=report.state,
        text=text.strip(),
        expected_on=expected_on,
        forwarded_to=forwarded_to,
        author_kind=by.kind,
        author_id=by.id,
    )
