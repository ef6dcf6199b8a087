# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the reporter of a report sees on the status page, and how they answer a question of the office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from verbund.audit import api as audit
from verbund.cases.errors import NothingAsked
from verbund.cases.models import TimelineEntry
from verbund.cases.spine import mark_new
from verbund.cases.timeline import latest_words, note_down
from verbund.kernel.actors import CITIZEN, Actor
from verbund.kernel.events import publish
from verbund.kernel.ports import CaseStatus
from verbund.modules.defects import mails
from verbund.modules.defects.access import locked_report, submitted_reports
from verbund.modules.defects.events import ReportStateChanged
from verbund.modules.defects.links import path_to
from verbund.modules.defects.models import Report
from verbund.modules.defects.rules import is_public
from verbund.modules.defects.spine import keep_up
from verbund.modules.defects.states import State


def case_statuses(references: Sequence[str]) -> dict[str, CaseStatus]:
    """The question that waits for an answer, and the public page."""
    reports = list(submitted_reports(references))
    asked = [report.case_id for report in reports if report.state == State.QUESTION]
    questions = latest_words(asked) if asked else {}
    return {
        report.reference: CaseStatus(
            question=questions.get(report.case_id, ""),
            url=path_to("defects:report", reference=report.reference) if is_public(report) else "",
        )
        for report in reports
    }


def take_reply(reference: str, text: str, at: datetime) -> None:
    """The status page's way in."""
    reply_to_question(reference=reference, text=text, by=CITIZEN, at=at)


@transaction.atomic
def reply_to_question(*, reference: str, text: str, by: Actor, at: datetime) -> Report:
    """Take the reporter's answer, for the office alone; work goes on where the question interrupted it.

    Raises:
        ReportNotFound: there is no such report here.
        NothingAsked: the office waits for no answer, or not any more.
    """
    report = locked_report(reference)
    if report.state != State.QUESTION:
        raise NothingAsked
    report.state, report.state_before = report.state_before or State.RECEIVED, ""
    report.updated_at = at
    report.save(update_fields=["state", "state_before", "updated_at"])
    keep_up(report)
    mark_new(report.case)
    note_down(report.case, TimelineEntry.Kind.REPLY, by=by, at=at, text=text)
    audit.record(
        action="defects.report.replied",
        subject=f"defects.report:{report.pk}",
        by=by,
        changes={"state": [State.QUESTION, report.state], "text": None},
        at=at,
    )
    publish(
        ReportStateChanged(
            report_id=report.pk, reference=report.reference, before=State.QUESTION, after=report.state
        )
    )
    mails.send_reply_to_office(report, by=by, at=at)
    return report
