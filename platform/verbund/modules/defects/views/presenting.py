# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Turns reports into what the shared components show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.accounts.api import names_of
from verbund.modules.defects.labels import state_label, state_title
from verbund.modules.defects.models import Report, TimelineEntry
from verbund.modules.defects.queries import public_timeline, whole_timeline
from verbund.modules.defects.states import State, light_of
from verbund.web.texts import day_text


def point_of(report: Report) -> dict[str, Any]:
    """A report as a feature of the map (RFC 7946, EPSG:4326)."""
    return {
        "type": "Feature",
        "id": report.reference,
        "geometry": {"type": "Point", "coordinates": [round(report.longitude, 6), round(report.latitude, 6)]},
        "properties": {
            "title": f"{report.category.name}, {report.address}",
            "url": reverse("defects:report", kwargs={"reference": report.reference}),
            "state": state_label(report.shown_state),
            "kind": str(light_of(report.shown_state) or ""),
            "row": f"meldung-{report.reference}",
        },
    }


def public_entries(report: Report) -> list[dict[str, Any]]:
    """The timeline everybody sees, newest first; nobody of the office is named."""
    return shown_to_all(public_timeline(report))


def shown_to_all(entries: Iterable[TimelineEntry]) -> list[dict[str, Any]]:
    """Public entries without names of the office."""
    return _entries(entries, names={})


def office_entries(report: Report) -> list[dict[str, Any]]:
    """The whole timeline with the names of colleagues."""
    entries = list(whole_timeline(report))
    people = {int(entry.author_id) for entry in entries if entry.author_kind == "person" and entry.author_id}
    return _entries(entries, names=names_of(people) if people else {})


def _entries(entries: Iterable[TimelineEntry], names: dict[int, str]) -> list[dict[str, Any]]:
    shown = []
    for position, entry in enumerate(entries):
        name = (
            names.get(int(entry.author_id), "") if entry.author_kind == "person" and entry.author_id else ""
        )
        shown.append(
            {
                "title": _title(entry),
                "at": entry.at,
                "actor": name,
                "text": _text(entry),
                "state": "current" if position == 0 else "done",
                "is_internal": not entry.is_public,
            }
        )
    return shown


def _title(entry: TimelineEntry) -> str:
    if entry.kind == TimelineEntry.Kind.SUBMITTED:
        return state_title(State.RECEIVED)
    if entry.kind == TimelineEntry.Kind.STATE:
        return state_title(entry.state)
    return str(TimelineEntry.Kind(entry.kind).label)


def _text(entry: TimelineEntry) -> str:
    """What was said, and what the step itself says."""
    parts = [entry.text]
    if entry.kind == TimelineEntry.Kind.STATE and entry.state == State.SCHEDULED and entry.expected_on:
        parts.append(_("Voraussichtlich am %(day)s.") % {"day": day_text(entry.expected_on)})
    if entry.forwarded_to:
        parts.append(_("Zuständig ist jetzt: %(body)s.") % {"body": entry.forwarded_to})
    return "\n".join(part for part in parts if part)
