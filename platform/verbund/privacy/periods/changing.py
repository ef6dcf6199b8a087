# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Another period for a kind of object."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid
from verbund.privacy.periods.counting import in_words, months_of, rule_of
from verbund.privacy.periods.models import Period

TO_TAKE_BACK: Final = timedelta(days=7)


@transaction.atomic
def change_period(*, slug: str, months: int, reason: str, by: Actor, at: datetime) -> Period:
    """Keep such objects so many months. A longer period counts at once, a shorter one after seven days.

    Raises:
        NoSuchRule: no package keeps such objects.
        Invalid: the period is shorter or longer than the law lets it be, or nobody said why.
    """
    rule = rule_of(slug)
    if not rule.shortest <= months <= rule.longest:
        bounds = {"shortest": in_words(rule.shortest), "longest": in_words(rule.longest)}
        message = _("Möglich sind %(shortest)s bis %(longest)s.") % bounds
        raise Invalid(fields={"months": message})
    if not reason.strip():
        raise Invalid(fields={"reason": _("Bitte nennen Sie den Grund.")})
    Period.objects.select_for_update().filter(slug=slug).first()
    before = months_of(rule, at=at)
    period, _is_new = Period.objects.update_or_create(
        slug=slug,
        defaults={
            "months": months,
            "months_before": before,
            "shorter_from": at + TO_TAKE_BACK if months < before else None,
            "changed_at": at,
        },
    )
    audit.record(
        action="privacy.period.changed",
        subject=f"privacy.period:{slug}",
        by=by,
        changes={"months": [before, months]},
        reason=reason,
        at=at,
    )
    return period
