# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A timeline as the component `timeline` shows it: with the names of colleagues, or without any of the office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from verbund.accounts.api import names_of
from verbund.cases.kinds import kind_of, state_label
from verbund.cases.models import Case, TimelineEntry
from verbund.cases.timeline import whole_timeline
from verbund.kernel.offers import CaseKind
from verbund.web.texts import day_text

_PERSON = "person"


def office_entries(case: Case) -> list[dict[str, Any]]:
    """The whole timeline with the names of colleagues, newest first."""
    entries = list(whole_timeline(case.pk))
    people = {int(entry.author_id) for entry in entries if _is_of_a_colleague(entry)}
    return _shown(kind_of(case.kind), entries, names_of(people) if people else {})


def shown_to_sender(kind: CaseKind, entries: Iterable[TimelineEntry]) -> list[dict[str, Any]]:
    """Public entries, newest first as they come; nobody of the office is named."""
    return _shown(kind, (entry for entry in entries if entry.is_public), {})


def _shown(
    kind: CaseKind, entries: Iterable[TimelineEntry], names: Mapping[int, str]
) -> list[dict[str, Any]]:
    return [
        {
            "title": _title(kind, entry),
            "at": entry.at,
            "actor": names.get(int(entry.author_id), "") if names and _is_of_a_colleague(entry) else "",
            "text": _text(entry),
            "state": "current" if position == 0 else "done",
            "is_internal": not entry.is_public,
        }
        for position, entry in enumerate(entries)
    ]


def _is_of_a_colleague(entry: TimelineEntry) -> bool:
    return entry.author_kind == _PERSON and entry.author_id.isdecimal()


def _title(kind: CaseKind, entry: TimelineEntry) -> str:
    if entry.kind == TimelineEntry.Kind.STATE:
        label = state_label(kind, entry.state)
        return label[:1].upper() + label[1:]
    return str(TimelineEntry.Kind(entry.kind).label)


def _text(entry: TimelineEntry) -> str:
    """What was said, and the day or the body that the step named."""
    parts = [entry.text]
    if entry.kind == TimelineEntry.Kind.STATE and entry.expected_on:
        parts.append(_("Voraussichtlich am %(day)s.") % {"day": day_text(entry.expected_on)})
    if entry.forwarded_to:
        parts.append(_("Zuständig ist jetzt: %(body)s.") % {"body": entry.forwarded_to})
    return "\n".join(part for part in parts if part)
