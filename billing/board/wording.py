# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How the states of a month look, and which steps a reader may take."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from billing.closing.blocking import Obstacle
from billing.closing.models import BillingPeriod
from billing.closing.states import State
from billing.permissions import BillingPermission
from verbund.kernel.actors import Actor

LIGHTS = {
    State.OPEN: "yellow-green",
    State.GRACE: "yellow",
    State.CALCULATED: "yellow",
    State.APPROVED: "yellow-green",
    State.ISSUED: "yellow-green",
    State.CLOSED: "green",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A button: ``is_form`` where pressing it does it, otherwise it leads to the page that asks first."""

    label: str
    url: str
    is_form: bool = False
    is_next: bool = True


def steps_of(row: BillingPeriod, by: Actor, blocking: Collection[Obstacle]) -> list[Step]:
    """The steps of a month the reader may take now; what is blocked is no button but a sentence."""
    state = State(row.state)
    found: list[Step] = []
    if state in {State.OPEN, State.GRACE} and not blocking and by.may(BillingPermission.CALCULATE):
        found.append(_step(row, "calculate", _("Berechnen"), is_form=True))
    if state is State.CALCULATED:
        if not blocking and by.may(BillingPermission.APPROVE):
            found.append(_step(row, "approve", _("Prüfen und freigeben")))
        if by.may(BillingPermission.CALCULATE):
            found.append(_step(row, "calculate", _("Neu berechnen"), is_form=True, is_next=False))
            found.append(_step(row, "discard", _("Berechnung zurücknehmen"), is_next=False))
    if state in {State.CALCULATED, State.APPROVED}:
        found.append(_documents(row, by))
    if state is State.APPROVED and by.may(BillingPermission.APPROVE) and not row.documents.exists():
        found.append(_step(row, "withdraw", _("Freigabe zurücknehmen"), is_next=False))
    if state in {State.APPROVED, State.ISSUED, State.CLOSED} and row.documents.exists():
        url = f"{reverse('billing-association:documents')}?monat={row.name}"
        found.append(Step(label=_("Belege"), url=url, is_next=False))
    if state is State.ISSUED and not blocking and by.may(BillingPermission.CLOSE):
        found.append(_step(row, "close", _("Monat abschließen")))
    return found


def _documents(row: BillingPeriod, by: Actor) -> Step:
    """The way to the documents: first a look at the drafts, for whoever may issue them the next step."""
    is_next = row.state == State.APPROVED and by.may(BillingPermission.ISSUE)
    label = _("Dokumente ausstellen") if is_next else _("Entwürfe der Dokumente")
    return _step(row, "issue-preview", label, is_next=is_next)


def _step(row: BillingPeriod, name: str, label: str, *, is_form: bool = False, is_next: bool = True) -> Step:
    url = reverse(f"billing-association:{name}", kwargs={"month": row.name})
    return Step(label=label, url=url, is_form=is_form, is_next=is_next)
