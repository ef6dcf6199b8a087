# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who looks after whose cases while somebody is away."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from verbund.accounts.models import Person
from verbund.audit import api as audit
from verbund.cases.models import Deputy
from verbund.cases.permissions import CasesPermission
from verbund.kernel.actors import SYSTEM, Actor
from verbund.kernel.clock import day_of
from verbund.kernel.errors import Forbidden, Invalid, NotFound

LONGEST = timedelta(days=366)
KEPT = timedelta(days=92)


def deputies(*, today: date) -> QuerySet[Deputy]:
    """What is arranged from today on, soonest first."""
    return Deputy.objects.select_related("person", "deputy").filter(until_on__gte=today)


def covered_by(person_id: int, *, today: date) -> dict[int, str]:
    """Whose cases the person looks after today besides their own: key and name."""
    now = Deputy.objects.filter(deputy_id=person_id, from_on__lte=today, until_on__gte=today)
    return dict(now.values_list("person_id", "person__name"))


@transaction.atomic
def arrange_deputy(
    *, person_id: int, deputy_id: int, from_on: date, until_on: date, by: Actor, at: datetime
) -> Deputy:
    """Let somebody stand in for another; for oneself everybody may, for others whoever manages deputies.

    Raises:
        Forbidden: it is about somebody else.
        Invalid: the days or the people do not fit; ``fields`` says which.
    """
    _demand(by, person_id)
    people = {person.pk: person for person in Person.objects.active().filter(pk__in=[person_id, deputy_id])}
    wrong: dict[str, str] = {}
    if person_id not in people:
        wrong["person"] = _("Diese Person arbeitet hier nicht.")
    if deputy_id not in people:
        wrong["deputy"] = _("Diese Person arbeitet hier nicht.")
    elif deputy_id == person_id:
        wrong["deputy"] = _("Bitte wählen Sie eine andere Person.")
    if until_on < from_on:
        wrong["until_on"] = _("Der letzte Tag liegt vor dem ersten.")
    elif until_on < day_of(at):
        wrong["until_on"] = _("Dieser Tag ist schon vorbei.")
    elif until_on - from_on > LONGEST:
        wrong["until_on"] = _("Eine Vertretung gilt höchstens ein Jahr.")
    if wrong:
        raise Invalid(fields=wrong)
    deputy = Deputy.objects.create(
        person_id=person_id, deputy_id=deputy_id, from_on=from_on, until_on=until_on
    )
    audit.record(
        action="cases.deputy.arranged",
        subject=f"cases.deputy:{deputy.pk}",
        by=by,
        changes={
            "person": person_id,
            "deputy": deputy_id,
            "from_on": from_on.isoformat(),
            "until_on": until_on.isoformat(),
        },
        at=at,
    )
    return deputy


@transaction.atomic
def end_deputy(*, deputy_id: int, by: Actor, at: datetime) -> None:
    """Take it back at once.

    Raises:
        NotFound: it never was here.
        Forbidden: it is about somebody else.
    """
    found = Deputy.objects.select_for_update().filter(pk=deputy_id).first()
    if found is None:
        raise NotFound
    _demand(by, found.person_id)
    audit.record(action="cases.deputy.ended", subject=f"cases.deputy:{found.pk}", by=by, at=at)
    found.delete()


@transaction.atomic
def forget_deputies(*, at: datetime) -> int:
    """Delete what ended three months ago or earlier; returns how many."""
    old = list(Deputy.objects.select_for_update().filter(until_on__lt=day_of(at) - KEPT))
    for deputy in old:
        audit.record(
            action="cases.deputy.forgotten",
            subject=f"cases.deputy:{deputy.pk}",
            by=SYSTEM,
            reason="Frist abgelaufen",
            at=at,
        )
        deputy.delete()
    return len(old)


def _demand(by: Actor, person_id: int) -> None:
    if by.id != str(person_id) and not by.may(CasesPermission.DEPUTIES):
        raise Forbidden
