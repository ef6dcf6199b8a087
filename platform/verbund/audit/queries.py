# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading the audit record: by period, person, action and subject."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet

from verbund.audit.models import AuditEntry
from verbund.kernel.clock import BERLIN

_BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """What is looked for; empty fields narrow nothing. Days are Europe/Berlin and both included.

    ``action`` and ``subject`` match from their beginning: `accounts.` finds everything about accounts.
    """

    since: date | None = None
    until: date | None = None
    actor_kind: str = ""
    actor_id: str = ""
    action: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One line of the page and of its CSV."""

    at: datetime
    actor_kind: str
    actor_id: str
    actor_role: str
    acting_for: str
    action: str
    subject: str
    changes: dict[str, Any]
    reason: str
    request_id: str


def find(wanted: AuditFilter) -> QuerySet[AuditEntry]:
    """The rows of the entered schema that match, newest first; lazy, for pagination."""
    found = AuditEntry.objects.order_by("-at", "-id")
    if wanted.since:
        found = found.filter(at__gte=_midnight(wanted.since))
    if wanted.until and wanted.until < date.max:
        found = found.filter(at__lt=_midnight(wanted.until + timedelta(days=1)))
    if wanted.actor_kind:
        found = found.filter(actor_kind=wanted.actor_kind)
    if wanted.actor_id:
        found = found.filter(actor_id=wanted.actor_id)
    if wanted.action:
        found = found.filter(action__startswith=wanted.action)
    if wanted.subject:
        found = found.filter(subject__startswith=wanted.subject)
    return found


def rows(wanted: AuditFilter) -> Iterator[AuditRow]:
    """All that match, newest first, fetched in batches: for exports."""
    for entry in find(wanted).iterator(chunk_size=_BATCH):
        yield AuditRow(
            entry.at,
            entry.actor_kind,
            entry.actor_id,
            entry.actor_role,
            entry.acting_for,
            entry.action,
            entry.subject,
            entry.changes,
            entry.reason,
            entry.request_id,
        )


def actions() -> list[str]:
    """The actions that occur in the entered schema, for a choice."""
    return list(AuditEntry.objects.order_by("action").values_list("action", flat=True).distinct())


def history(subject: str) -> QuerySet[AuditEntry]:
    """Everything recorded about one object, oldest first."""
    return AuditEntry.objects.filter(subject=subject).order_by("at", "id")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=BERLIN)
