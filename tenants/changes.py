# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Changes of master data: asked for now, in effect from a day on, kept as history."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tenants import directory
from tenants.events import BodiesChanged
from tenants.master_data import ChangeRefused, Wanted, body_row, check, wanted_of
from tenants.models import Body, Host, MasterDataChange, Tenant
from tenants.onboarding_input import Problem
from tenants.states import State
from tenants.transitions import locked, tell
from verbund.audit import api as audit
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM, Actor
from verbund.kernel.errors import Conflict, NotFound
from verbund.kernel.events import publish
from verbund.kernel.language import official_language
from verbund.kernel.sorting import sort_key

log = structlog.get_logger()
_CHANGEABLE = frozenset({State.ACTIVE, State.SUSPENDED})


@transaction.atomic
def request_change(
    *, number: int, wanted: Wanted, by: Actor, at: datetime, reason: str = ""
) -> MasterDataChange:
    """Note a change; one for today takes effect at once, a later one on its day.

    Raises:
        ChangeRefused: with every reason; nothing was noted.
        Conflict: the member's state allows none.
    """
    with context.enter_association():
        tenant = locked(number)
        if tenant.state not in _CHANGEABLE:
            raise Conflict(
                _(
                    "%(name)s ist „%(state)s“: Stammdaten ändern Sie nur bei aktiven oder ausgesetzten Kommunen."
                )
                % {"name": tenant.name, "state": tenant.state_label}
            )
        _refuse(tenant, wanted, at)
        change = MasterDataChange.objects.create(
            tenant=tenant,
            takes_effect_on=wanted.takes_effect_on,
            after=wanted.values(),
            reason=reason,
            requested_at=at,
            requested_by=by.id or by.kind,
        )
        changes = {"from": wanted.takes_effect_on.isoformat(), **change.after}
        tell(tenant=tenant, action="tenants.change.requested", by=by, at=at, changes=changes, reason=reason)
        if wanted.takes_effect_on <= clock.day_of(at):
            apply_change(change_id=change.pk, by=by, at=at)
        return MasterDataChange.objects.get(pk=change.pk)


@transaction.atomic
def apply_change(*, change_id: int, by: Actor, at: datetime) -> None:
    """Put a noted change into effect; one that is in effect or withdrawn stays as it is.

    Raises:
        ChangeRefused: it no longer holds.
    """
    with context.enter_association():
        change = MasterDataChange.objects.select_for_update().get(pk=change_id)
        if change.applied_at is not None or change.withdrawn_at is not None:
            return
        tenant = locked(change.tenant_id)
        wanted = wanted_of(change)
        problems = check(tenant, wanted)
        if problems:
            raise ChangeRefused(problems)
        change.before = _write(tenant, wanted, at)
        change.applied_at, change.refusal = at, ""
        change.save(update_fields=["before", "applied_at", "refusal"])
        tell(
            tenant=Tenant.objects.get(pk=tenant.pk),
            action="tenants.change.applied",
            by=by,
            at=at,
            changes=change.after,
            reason=change.reason,
        )
        if wanted.add_bodies or wanted.end_bodies:
            with context.enter(directory.describe(Tenant.objects.get(pk=tenant.pk))):
                publish(BodiesChanged(at=at))
    directory.forget()
    transaction.on_commit(directory.forget)


@transaction.atomic
def withdraw_change(*, number: int, change_id: int, by: Actor, at: datetime) -> None:
    """Take back a change that is not in effect yet.

    Raises:
        NotFound: the member has no such change.
        Conflict: it is in effect, or was withdrawn before.
    """
    with context.enter_association():
        tenant = locked(number)
        change = MasterDataChange.objects.select_for_update().filter(pk=change_id, tenant=tenant).first()
        if change is None:
            raise NotFound
        if change.applied_at is not None or change.withdrawn_at is not None:
            raise Conflict(_("Diese Änderung ist nicht mehr vorgemerkt."))
        change.withdrawn_at = at
        change.save(update_fields=["withdrawn_at"])
        tell(tenant=tenant, action="tenants.change.withdrawn", by=by, at=at, changes=change.after)


def apply_due(*, at: datetime) -> int:
    """Put everything into effect whose day has come, and let hosts go whose time is over; returns how many changes.

    One that no longer holds stays noted with the reason, and the others go on.
    """
    with context.enter_association():
        due = MasterDataChange.objects.filter(
            applied_at=None, withdrawn_at=None, takes_effect_on__lte=clock.day_of(at)
        )
        waiting = list(due.values_list("pk", flat=True))
    done = 0
    for change_id in waiting:
        try:
            apply_change(change_id=change_id, by=SYSTEM, at=at)
            done += 1
        except ChangeRefused as refused:
            with official_language(), context.enter_association():
                reasons = " ".join(refused.fields.values())
                MasterDataChange.objects.filter(pk=change_id).update(refusal=reasons)
            log.warning("tenants.change_refused", change=change_id)
    _release_hosts(at)
    return done


def _refuse(tenant: Tenant, wanted: Wanted, at: datetime) -> None:
    problems = check(tenant, wanted)
    if wanted.takes_effect_on < clock.day_of(at):
        problems.append(Problem(field="from", message=_("Der Tag liegt in der Vergangenheit.")))
    if not wanted.values():
        problems.append(Problem(field="name", message=_("Es ändert sich nichts.")))
    if problems:
        raise ChangeRefused(problems)


def _write(tenant: Tenant, wanted: Wanted, at: datetime) -> dict[str, Any]:
    """Write the values; returns those they replaced."""
    before: dict[str, Any] = {}
    for field in ("name", "slug", "ars"):
        if value := getattr(wanted, field):
            before[field] = getattr(tenant, field)
            setattr(tenant, field, value)
    tenant.sort_key = sort_key(tenant.name)
    tenant.save(update_fields=["name", "slug", "ars", "sort_key"])
    before |= _write_hosts(tenant, wanted, at)
    ended = Body.objects.filter(tenant=tenant, ags__in=wanted.end_bodies, valid_to=None)
    ended.update(valid_to=wanted.takes_effect_on)
    for body in wanted.add_bodies:
        Body.objects.create(tenant=tenant, ags=body.ags, valid_from=wanted.takes_effect_on, **body_row(body))
    return before


def _write_hosts(tenant: Tenant, wanted: Wanted, at: datetime) -> dict[str, Any]:
    serving = [host.domain for host in directory.serving_hosts(tenant)]
    old = serving[0] if serving else ""
    left = [host for host in serving if host not in wanted.drop_hosts] + list(wanted.add_hosts)
    new = wanted.primary_host or left[0]
    rows = Host.objects.filter(tenant=tenant)
    rows.update(is_primary=False)
    until = at + timedelta(days=settings.VERBUND.host_redirect_days)
    rows.filter(domain__in=wanted.drop_hosts).update(redirects_until=until)
    rows.filter(domain__in=wanted.add_hosts).delete()  # given up once, and wanted again
    # Past django-tenants' save, which would make the first one it meets the primary host.
    Host.objects.bulk_create(Host(tenant=tenant, domain=host, is_primary=False) for host in wanted.add_hosts)
    rows.filter(domain=new).update(is_primary=True)
    return {"primary_host": old} if new != old else {}


@transaction.atomic
def _release_hosts(at: datetime) -> None:
    with context.enter_association():
        for host in Host.objects.filter(redirects_until__lte=at).select_related("tenant"):
            audit.record(
                action="tenants.host.released",
                subject=f"tenants.tenant:{host.tenant_id}",
                by=SYSTEM,
                at=at,
                changes={"host": host.domain},
            )
            host.delete()
