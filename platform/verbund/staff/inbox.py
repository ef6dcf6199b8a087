# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One list of what waits for somebody, over all packages and modules that are on for the municipality."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verbund.accounts.guests import Guest
from verbund.accounts.models import Person
from verbund.kernel import context, registry
from verbund.kernel.ports import InboxRow, is_active
from verbund.kernel.sorting import sort_key
from verbund.kernel.specs import ModuleSpec


class View(StrEnum):
    """What of the inbox is shown; the value stands in the address."""

    ALL = ""
    MINE = "meine"
    UNASSIGNED = "offen"
    UNREAD = "ungelesen"
    OVERDUE = "ueberfaellig"


LABELS: dict[View, Promise] = {
    View.ALL: _("Alle"),
    View.MINE: _("Meine"),
    View.UNASSIGNED: _("Ohne Zuständige"),
    View.UNREAD: _("Ungelesen"),
    View.OVERDUE: _("Überfällig"),
}
_SHOWN: dict[View, Callable[[InboxRow], bool]] = {
    View.ALL: lambda _row: True,
    View.MINE: lambda row: row.is_mine,
    View.UNASSIGNED: lambda row: not row.assignee,
    View.UNREAD: lambda row: row.is_unread,
    View.OVERDUE: lambda row: row.is_overdue,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """The rows of one view and how many every view has."""

    rows: list[InboxRow]
    counts: dict[View, int]
    sources: list[str]


def inbox_of(person: Person | Guest, *, view: View = View.ALL, source: str = "", text: str = "") -> Inbox:
    """What the person may see; overdue first, then by deadline, then by age. ``text`` is looked for in all words."""
    everything = [row for rows in _loaded(person) for row in rows]
    sources = sorted({str(row.source) for row in everything}, key=sort_key)
    matching = [row for row in everything if _fits(row, source, text)]
    counts = {name: sum(map(shown, matching)) for name, shown in _SHOWN.items()}
    return Inbox(rows=sorted(filter(_SHOWN[view], matching), key=_urgency), counts=counts, sources=sources)


def _loaded(person: Person | Guest) -> Iterable[list[InboxRow]]:
    scope = context.current()
    for spec in registry.all_specs():
        if isinstance(spec, ModuleSpec) and not is_active(scope, spec.slug):
            continue
        for source in spec.inbox:
            rows = registry.load(source.rows)
            yield rows(person)  # type: ignore[operator]  # checked by a conformance test


def _fits(row: InboxRow, source: str, text: str) -> bool:
    if source and str(row.source) != source:
        return False
    words = f"{row.reference} {row.subject} {row.state} {row.assignee}".casefold()
    return all(word in words for word in text.casefold().split())


def _urgency(row: InboxRow) -> tuple[bool, date, datetime, str]:
    return not row.is_overdue, row.due_on or date.max, row.received_at, row.reference
