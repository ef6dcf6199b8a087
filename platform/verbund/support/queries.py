# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Grants of the entered municipality as pages show them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.kernel.actors import Actor
from verbund.kernel.errors import NotFound
from verbund.support.models import Grant, SupportSettings
from verbund.support.permissions import SupportPermission
from verbund.support.states import UNFINISHED, State

_ENDED_BY = {
    "operator": gettext_lazy("vom Verband beendet"),
    "administration": gettext_lazy("von der Kommune beendet"),
    "time": gettext_lazy("Zeit abgelaufen"),
}


def unfinished(at: datetime) -> list[Grant]:
    """Those that are open or wait at this moment: one query."""
    rows = Grant.objects.filter(state__in=UNFINISHED)
    return [grant for grant in rows if grant.is_open(at) or grant.is_waiting(at)]


def history() -> QuerySet[Grant]:
    """Every grant, the latest first."""
    return Grant.objects.all()


def needs_approval() -> bool:
    """Whether the administration wants to be asked first."""
    return SupportSettings.objects.filter(needs_approval=True).exists()


def get_grant_for(by: Actor, grant_id: UUID) -> Grant:
    """A grant the actor watches over.

    Raises:
        NotFound: there is none here, or the actor does not.
    """
    found = Grant.objects.filter(pk=grant_id).first() if by.may(SupportPermission.CONTROL) else None
    if found is None:
        raise NotFound
    return found


def outcome(grant: Grant, at: datetime) -> str:
    """How a grant stands or ended, in words."""
    if grant.state == State.OPEN and not grant.is_open(at):
        return str(_ENDED_BY["time"])
    if grant.state == State.WAITING and not grant.is_waiting(at):
        return _("nicht beantwortet")
    if grant.state == State.ENDED:
        return str(_ENDED_BY.get(grant.ended_by, grant.state_label))
    return grant.state_label
