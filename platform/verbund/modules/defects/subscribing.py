# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What subscribers hear of reports: a new one, or that one has moved on, as far as everybody may read it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.text import Truncator

from verbund.kernel import clock
from verbund.kernel.ports import News
from verbund.modules.defects.events import ReportReceived, ReportStateChanged
from verbund.modules.defects.labels import STATE_LABELS
from verbund.modules.defects.links import path_to
from verbund.modules.defects.queries import public_reports
from verbund.modules.defects.states import PUBLIC, State
from verbund.subscriptions import happenings

TOPIC = "defects.report"
_LONGEST_TEXT = 300


def news(keys: Collection[str]) -> Iterator[News]:
    """The reports with these numbers. A duplicate is no news of its own: its original is."""
    for report in public_reports().filter(reference__in=keys).exclude(state=State.DUPLICATE):
        yield News(
            key=report.reference,
            title=f"{report.category.name}, {report.address}",
            path=path_to("defects:report", reference=report.reference),
            state=str(STATE_LABELS[report.state]),
            text=Truncator(report.public_description).chars(_LONGEST_TEXT),
            position=(report.latitude, report.longitude),
        )


def note_received(event: ReportReceived) -> None:
    happenings.note(topic=TOPIC, key=event.reference, is_new=True, at=clock.now())


def note_moved(event: ReportStateChanged) -> None:
    """A report that was hidden is news when it is shown again; one that is taken away is none."""
    if State(event.after) in PUBLIC - {State.DUPLICATE}:
        is_new = State(event.before) not in PUBLIC
        happenings.note(topic=TOPIC, key=event.reference, is_new=is_new, at=clock.now())
