# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a municipality decides about its reports: mailboxes, categories, days until the first answer."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.clock import day_of
from verbund.kernel.working_days import add_working_days
from verbund.modules.defects.access import demand
from verbund.modules.defects.models import Category, DefectsSettings
from verbund.modules.defects.permissions import DefectsPermission

_STANDARD_DAYS = 3  # what Brandenburg's Maerker promises


def current_settings() -> DefectsSettings:
    """What was decided, or the standard."""
    return DefectsSettings.objects.first() or DefectsSettings(answer_working_days=_STANDARD_DAYS)


def first_answer_due(at: datetime) -> date:
    """By when a report that came in at that moment wants an answer."""
    days = DefectsSettings.objects.values_list("answer_working_days", flat=True).first()
    return add_working_days(day_of(at), _STANDARD_DAYS if days is None else days)


@transaction.atomic
def change_settings(*, mailbox: str, answer_working_days: int, by: Actor, at: datetime) -> None:
    demand(by, DefectsPermission.SETTINGS)
    DefectsSettings.objects.update_or_create(
        pk=1, defaults={"mailbox": mailbox, "answer_working_days": answer_working_days}
    )
    audit.record(
        action="defects.settings.changed",
        subject="defects.settings:1",
        by=by,
        changes={"mailbox": None, "answer_working_days": answer_working_days},
        at=at,
    )


@transaction.atomic
def change_category(*, code: str, mailbox: str, is_active: bool, by: Actor, at: datetime) -> None:
    """Say where reports of a kind go, and whether new ones are taken."""
    demand(by, DefectsPermission.SETTINGS)
    changed = Category.objects.filter(code=code).update(mailbox=mailbox, is_active=is_active)
    if changed:
        audit.record(
            action="defects.category.changed",
            subject=f"defects.category:{code}",
            by=by,
            changes={"mailbox": None, "is_active": is_active},
            at=at,
        )
