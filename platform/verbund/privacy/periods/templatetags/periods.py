# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`{% load periods %}`: periods in words, and the hold on a case's page for the office."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from verbund.accounts.api import actor_of
from verbund.cases.access import may_change
from verbund.cases.models import Case
from verbund.kernel import clock
from verbund.privacy.periods import counting
from verbund.privacy.periods.holding import hold_of

register = template.Library()


@register.filter
def period(months: int) -> str:
    """`5 Jahre`."""
    return counting.in_words(months)


@register.inclusion_tag("privacy_periods/_hold.html", takes_context=True)
def case_hold(context: Context, case: Case) -> dict[str, Any]:
    """Whether the case is held back; who works on it may hold it or let it go."""
    return {
        "case": case,
        "hold": hold_of(case.reference, on=clock.today()),
        "may_change": may_change(case, actor_of(context["request"])),
        "csrf_token": context.get("csrf_token"),
    }
