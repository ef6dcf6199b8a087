# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Limiting somebody of the association to some members, or lifting the limit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tenants.models import Tenant
from verbund.accounts.models import Person
from verbund.accounts.reach import api
from verbund.accounts.reach.models import Reach
from verbund.accounts.services.people import locked, subject
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Forbidden, Invalid


@transaction.atomic
def set_reach(*, person_id: int, tenants: Iterable[int], by: Actor, at: datetime) -> Person:
    """Let a person look after these members only; none named: after all.

    Raises:
        NotFound: there is no such person.
        Forbidden: it is the actor's own account, or the actor is limited.
        Invalid: a number is no member's.
    """
    api.check_all(by)
    person = locked(person_id)
    if by.kind == "person" and by.id == str(person.pk):
        raise Forbidden(_("Den eigenen Zuschnitt ändert eine andere Person."))
    wanted = set(tenants)
    if Tenant.objects.filter(number__in=wanted).count() != len(wanted):
        raise Invalid(fields={"tenants": _("Bitte wählen Sie Kommunen aus der Liste.")})
    before = set(Reach.objects.filter(person=person).values_list("tenant", flat=True))
    if before == wanted:
        return person
    Reach.objects.filter(person=person, tenant__in=before - wanted).delete()
    Reach.objects.bulk_create(Reach(person=person, tenant=number) for number in sorted(wanted - before))
    audit.record(
        action="accounts.person.reach_changed",
        subject=subject(person),
        by=by,
        changes={"tenants": sorted(wanted)},
        at=at,
    )
    return person
