# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`{% load defects %}`: how the state of a report looks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template

from verbund.cases.deadlines import is_overdue
from verbund.modules.defects.labels import state_title
from verbund.modules.defects.models import Report
from verbund.modules.defects.rules import is_waiting
from verbund.modules.defects.states import State, light_of

register = template.Library()

_BADGES = {
    State.DONE: "success",
    State.NOT_REPAIRED: "neutral",
    State.DUPLICATE: "neutral",
    State.HIDDEN: "neutral",
    State.UNCONFIRMED: "neutral",
    State.RECEIVED: "danger",
    State.REOPEN_REQUESTED: "danger",
    State.IN_REVIEW: "warning",
    State.QUESTION: "warning",
}


@register.inclusion_tag("defects/_light.html")
def report_light(report: Report) -> dict[str, Any]:
    """The light everybody sees, with the state in words."""
    state = report.shown_state
    return {"color": light_of(state), "text": state_title(state)}


@register.inclusion_tag("web/components/badge.html")
def state_badge(report: Report) -> dict[str, Any]:
    """The office's own state, also of what is not public."""
    state = State(report.state)
    return {"text": state_title(state), "kind": _BADGES.get(state, "info"), "icon": ""}


@register.simple_tag
def report_facts(report: Report, today: date) -> dict[str, Any]:
    """What the office's list says of a report beyond its columns."""
    return {
        "due_on": report.case.due_on,
        "is_overdue": is_overdue(report.case, today=today),
        "is_waiting": is_waiting(report),
    }
