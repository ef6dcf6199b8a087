# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`{% load cases %}`: what every case's page for the office shows besides what its module does."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from verbund.accounts.api import actor_of
from verbund.cases.access import may_change
from verbund.cases.linked import CASE
from verbund.cases.linking import links_of
from verbund.cases.models import Case
from verbund.cases.phases import Phase

register = template.Library()


@register.inclusion_tag("cases/staff/_work.html", takes_context=True)
def case_work(context: Context, case: Case) -> dict[str, Any]:
    """The day it is due and what it is linked with, as far as the person at work may see it."""
    by = actor_of(context["request"])
    return {
        "case": case,
        "is_open": case.phase == Phase.OPEN,
        "may_change": may_change(case, by),
        "links": links_of(CASE, case.reference, by),
        "csrf_token": context.get("csrf_token"),
    }
