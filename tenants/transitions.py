# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one place that moves a member from a state to another, and tells those whom it concerns."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import transaction
from django.utils.translation import gettext as _

from tenants import directory
from tenants.models import STATE_LABELS, Tenant
from tenants.states import STEPS, State
from verbund.audit import api as audit
from verbund.kernel import context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict, NotFound
from verbund.kernel.msgids import gettext_noop

_VERBS = {
    State.REQUESTED: "requested",
    State.PROVISIONING: "provisioning",
    State.ACTIVE: "activated",
    State.SUSPENDED: "suspended",
    State.LEAVING: "leaving",
    State.ARCHIVED: "archived",
    State.FAILED: "failed",
    State.DISCARDING: "discarding",
}


class TransitionRefused(Conflict):
    """The table of states has no such step."""

    code: ClassVar[str] = "transition_refused"

    def __init__(self, tenant: Tenant, wanted: State) -> None:
        possible = ", ".join(
            f"„{STATE_LABELS[state]}“" for state in State if state in STEPS[State(tenant.state)]
        )
        message = _(
            "%(name)s ist „%(state)s“ und kann nicht „%(wanted)s“ werden. Möglich ist: %(possible)s."
        ) % {
            "name": tenant.name,
            "state": tenant.state_label,
            "wanted": STATE_LABELS[wanted],
            "possible": possible or _("nichts mehr"),
        }
        super().__init__(message)


class BeingRestored(Conflict):
    """Until an earlier day stands whole, or the present one again, nobody opens or closes anything."""

    code = "being_restored"
    message = gettext_noop(
        "Die Kommune wird gerade auf einen früheren Stand gebracht. Bitte warten Sie, bis der Vorgang beendet ist."
    )


@transaction.atomic
def move(*, number: int, wanted: State, by: Actor, at: datetime, reason: str = "") -> bool:
    """Move a member to ``wanted``, waiting for anyone who is moving it right now; True when it moved.

    Asking for the state it is in changes nothing and succeeds. Who, when and why stand in the association's
    record and, once the member has a schema, in its own. May be called in any context and inside a transaction;
    the member's row stays locked until that ends. ``reason`` is shown as the state's message until the next move
    (an active member has none).

    Raises:
        NotFound: there is no such member.
        TransitionRefused: the table has no such step.
        BeingRestored: its data are being put back.
    """
    with context.enter_association():
        tenant = locked(number)
        before = State(tenant.state)
        if before == wanted:
            return False
        if wanted not in STEPS[before]:
            raise TransitionRefused(tenant, wanted)
        if tenant.in_place_restorations.filter(begun_at__isnull=False, finished_at=None).exists():
            raise BeingRestored
        tenant.state, tenant.state_message = wanted, "" if wanted == State.ACTIVE else reason
        if wanted == State.ACTIVE:
            tenant.activated_at = tenant.activated_at or at
        tenant.save(update_fields=["state", "state_message", "activated_at"])
        # The association first: two that write both records take the chains' locks in the same order.
        tell(
            tenant=tenant,
            action="tenants.tenant.resumed"
            if before == State.SUSPENDED and wanted == State.ACTIVE
            else _action(wanted),
            by=by,
            at=at,
            changes={"state": [before, wanted]},
            reason=reason,
        )
    # At once for whoever looks inside this transaction, and again when it holds for everybody.
    directory.forget()
    transaction.on_commit(directory.forget)
    return True


def locked(number: int) -> Tenant:
    """The member's row, locked until the transaction ends; the association must be entered.

    Raises:
        NotFound: there is no such member.
    """
    tenant = Tenant.objects.select_for_update().filter(pk=number).first()
    if tenant is None:
        raise NotFound(_("Diese Kommune gibt es nicht."))
    return tenant


def tell(
    *, tenant: Tenant, action: str, by: Actor, at: datetime, changes: dict[str, object], reason: str = ""
) -> None:
    """Record what the association did to a member, in its own record and in the member's; inside a transaction.

    A person of the association is nobody's colleague there: the member's record names the role, and whom to ask.
    """
    subject = f"tenants.tenant:{tenant.number}"
    with context.enter_association():
        audit.record(action=action, subject=subject, by=by, at=at, changes=changes, reason=reason)
    if not tenant.schema_fingerprint:
        return
    stranger = Actor(kind="system", role=by.role, acting_for=f"association:{by.kind}:{by.id}".rstrip(":"))
    with context.enter(directory.describe_now(tenant)):
        audit.record(action=action, subject=subject, by=stranger, at=at, changes=changes, reason=reason)


def _action(wanted: State) -> str:
    return f"tenants.tenant.{_VERBS[wanted]}"
