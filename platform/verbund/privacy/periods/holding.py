# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Holds back one case, whatever its period says, and lets it go again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.audit import api as audit
from verbund.cases.access import locked_case
from verbund.kernel import clock
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid
from verbund.privacy.periods.counting import all_rules
from verbund.privacy.periods.errors import NeverDeleted, NotHeld
from verbund.privacy.periods.models import Hold, Why

LONGEST_YEARS: Final = 10


@transaction.atomic
def hold_case(*, reference: str, why: Why, until_on: date, by: Actor, at: datetime) -> Hold:
    """Do not delete it up to and on that day; doing it again changes reason and day.

    Raises:
        CaseNotFound, MayNotChange: it is not this person's to work on.
        NeverDeleted: its kind has no period.
        Invalid: the day has passed or is too far away.
    """
    case = locked_case(reference, by)
    if case.kind not in all_rules():
        raise NeverDeleted
    today = clock.day_of(at)
    if until_on < today:
        raise Invalid(fields={"until_on": _("Der Tag ist schon vorbei. Bitte nennen Sie einen späteren.")})
    if until_on.year > today.year + LONGEST_YEARS:
        raise Invalid(fields={"until_on": _("Bitte nennen Sie einen Tag in den nächsten zehn Jahren.")})
    held, is_new = Hold.objects.update_or_create(
        reference=reference,
        defaults={
            "kind": case.kind,
            "why": why,
            "until_on": until_on,
            "placed_at": at,
            "placed_by": by.id,
        },
    )
    audit.record(
        action="privacy.hold.placed" if is_new else "privacy.hold.changed",
        subject=f"privacy.hold:{reference}",
        by=by,
        changes={"why": why.value, "until_on": until_on.isoformat()},
        at=at,
    )
    return held


@transaction.atomic
def release_case(*, reference: str, by: Actor, at: datetime) -> None:
    """Let its period count again.

    Raises:
        CaseNotFound, MayNotChange: it is not this person's to work on.
        NotHeld: somebody was faster.
    """
    locked_case(reference, by)
    deleted, _rows = Hold.objects.filter(reference=reference).delete()
    if not deleted:
        raise NotHeld
    audit.record(action="privacy.hold.released", subject=f"privacy.hold:{reference}", by=by, at=at)


def hold_of(reference: str, *, on: date) -> Hold | None:
    """The hold that counts on that day."""
    return Hold.objects.filter(reference=reference, until_on__gte=on).first()
