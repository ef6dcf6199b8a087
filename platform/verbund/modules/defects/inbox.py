# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reports in the staff inbox."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from verbund.accounts.guests import Guest
from verbund.accounts.models import Person
from verbund.kernel import clock
from verbund.kernel.ports import InboxRow
from verbund.modules.defects.labels import state_label
from verbund.modules.defects.links import path_to
from verbund.modules.defects.models import Report
from verbund.modules.defects.permissions import DefectsPermission
from verbund.modules.defects.queries import staff_reports
from verbund.modules.defects.rules import due_on, is_overdue, is_waiting

_MOST = 500


def rows(person: Person | Guest) -> list[InboxRow]:
    """Open reports for the inbox; nothing for those who may not read reports."""
    if not person.may(DefectsPermission.READ):
        return []
    today = clock.today()
    return [_row(report, person, today) for report in staff_reports(view="open", today=today)[:_MOST]]


def waiting_count(_request: HttpRequest) -> int:
    """How many reports nobody has touched yet, for the navigation."""
    return staff_reports(view="new", today=clock.today()).count()


def _row(report: Report, person: Person | Guest, today: date) -> InboxRow:
    return InboxRow(
        source=_("Mängel"),
        reference=report.reference,
        subject=f"{report.category.name}, {report.address}",
        state=state_label(report.state),
        url=path_to("defects-staff:report", reference=report.reference),
        received_at=report.received_at or report.submitted_at,
        due_on=due_on(report),
        assignee=report.assignee.name if report.assignee else "",
        is_mine=report.assignee_id == person.pk,
        is_unread=is_waiting(report),
        is_overdue=is_overdue(report, today=today),
    )
