# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who reported: read only on demand, by those who may, and noted in the audit record each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.modules.defects.access import demand, get_report_for
from verbund.modules.defects.models import Reporter
from verbund.modules.defects.permissions import DefectsPermission


@dataclass(frozen=True, slots=True)
class Contact:
    """What the reporter gave."""

    name: str
    email: str
    phone: str
    is_confirmed: bool


def read_contact(*, reference: str, by: Actor, at: datetime) -> Contact | None:
    """The reporter's contact; None when there is none. Writes an audit row for the reading.

    Raises:
        ReportNotFound, MayNot: the report or the permission is missing.
    """
    demand(by, DefectsPermission.CONTACT)
    report = get_report_for(by, reference)
    reporter = Reporter.objects.filter(report=report).first()
    if reporter is None:
        return None
    audit.record_read(
        action="defects.contact.read",
        subject=f"defects.report:{report.pk}",
        by=by,
        at=at,
        fields=("name", "email", "phone"),
    )
    return Contact(
        name=reporter.name or "",
        email=reporter.email or "",
        phone=reporter.phone or "",
        is_confirmed=reporter.email_confirmed_at is not None,
    )
