# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether a kind is offered here, and how long the archive may take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid
from verbund.kernel.specs import RetentionRule
from verbund.privacy.offers.models import Duty
from verbund.privacy.periods.counting import rule_of

USUAL_MONTHS: Final = 6
_SHORTEST, _LONGEST = 1, 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """``months``: after them what the archive said nothing to may be deleted."""

    is_offered: bool
    months: int


def obligation_of(rule: RetentionRule) -> Obligation:
    """What counts in the entered municipality."""
    own = Duty.objects.filter(slug=rule.slug).first()
    if not rule.exhibit:
        return Obligation(is_offered=False, months=USUAL_MONTHS)
    if own is None:
        return Obligation(is_offered=rule.is_offered, months=USUAL_MONTHS)
    return Obligation(is_offered=own.is_offered, months=own.months)


@transaction.atomic
def change_duty(*, slug: str, is_offered: bool, months: int, reason: str, by: Actor, at: datetime) -> Duty:
    """Offer such objects, or offer them no more because the archive does without them.

    Raises:
        NoSuchRule: no package keeps such objects.
        Invalid: they cannot be offered, the time is too short or too long, or nobody said why.
    """
    rule = rule_of(slug)
    if not rule.exhibit:
        raise Invalid(fields={"is_offered": _("Diese Art lässt sich nicht anbieten.")})
    if not _SHORTEST <= months <= _LONGEST:
        raise Invalid(fields={"months": _("Möglich sind 1 bis 24 Monate.")})
    if not reason.strip():
        raise Invalid(
            fields={"reason": _("Bitte nennen Sie den Grund, zum Beispiel das Schreiben des Archivs.")}
        )
    before = obligation_of(rule)
    duty, _is_new = Duty.objects.update_or_create(
        slug=slug, defaults={"is_offered": is_offered, "months": months, "changed_at": at}
    )
    audit.record(
        action="privacy.offer.duty_changed",
        subject=f"privacy.period:{slug}",
        by=by,
        changes={"is_offered": [before.is_offered, is_offered], "months": [before.months, months]},
        reason=reason,
        at=at,
    )
    return duty
