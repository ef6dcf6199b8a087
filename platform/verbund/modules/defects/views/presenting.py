# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Turns reports into what the shared components show."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from verbund.cases.kinds import kind_of
from verbund.cases.presenting import shown_to_sender
from verbund.cases.timeline import public_timeline
from verbund.modules.defects.labels import state_label
from verbund.modules.defects.models import Report
from verbund.modules.defects.spine import KIND
from verbund.modules.defects.states import light_of


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
    return shown_to_sender(kind_of(KIND), public_timeline(report.case_id))
