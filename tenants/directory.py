# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds municipalities by host, slug or key; the answer by host is kept in the process for a moment."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import QuerySet

from tenants.models import Host, Tenant
from tenants.states import State
from verbund.kernel import clock, context
from verbund.kernel.context import Body, Municipality

# Long enough that almost no request asks the database, short enough that a suspension is felt at once.
KEEP_SECONDS = 5.0
# Of hosts nobody has: anybody can invent them, so they are kept apart from those that exist.
_MOST_UNKNOWN = 10_000


@dataclass(frozen=True, slots=True)
class _Kept:
    """``moved_to``: the host that answers instead of one that was given up."""

    municipality: Municipality | None
    moved_to: str
    until: float


_known: dict[str, _Kept] = {}
_unknown: dict[str, _Kept] = {}
_lock = threading.Lock()


def by_host(host: str) -> Municipality | None:
    """The active municipality that answers on this host (lower case, no port), or None."""
    return _look_up(host).municipality


def moved_to(host: str) -> str:
    """The primary host of the active municipality that gave this host up not long ago; empty for all others."""
    return _look_up(host).moved_to


def _look_up(host: str) -> _Kept:
    kept = _known.get(host) or _unknown.get(host)
    now = time.monotonic()
    if kept is not None and kept.until > now:
        return kept
    municipality, instead = _ask(host)
    kept = _Kept(municipality, instead, now + KEEP_SECONDS)
    with _lock:
        _keep(host, kept)
    return kept


def _ask(host: str) -> tuple[Municipality | None, str]:
    with context.enter_association():
        tenant = _active().filter(domains__domain=host).first()
        if tenant is None:
            return None, ""
        municipality = describe(tenant)
        if host in municipality.hosts:
            return municipality, ""
        given_up = next(row for row in tenant.domains.all() if row.domain == host)
        still_leads = given_up.redirects_until is not None and given_up.redirects_until > clock.now()
        return None, municipality.hosts[0] if still_leads and municipality.hosts else ""


def forget() -> None:
    """Ask the database again at the next request of this process."""
    with _lock:
        _known.clear()
        _unknown.clear()


def by_slug(slug: str) -> Municipality | None:
    """The active municipality of that slug, or None."""
    with context.enter_association():
        tenant = _active().filter(slug=slug).first()
        return describe(tenant) if tenant is not None else None


def by_key(key: str, states: Collection[str] = (State.ACTIVE,)) -> Municipality | None:
    """The municipality of that key when it is in one of the states, or None."""
    with context.enter_association():
        tenant = _in_states(states).filter(schema_name=key).first()
        return describe(tenant) if tenant is not None else None


def active() -> list[Municipality]:
    """All that serve now, in the order of their numbers."""
    return in_states((State.ACTIVE,))


def in_states(states: Collection[str]) -> list[Municipality]:
    """All in one of the states, in the order of their numbers."""
    with context.enter_association():
        return [describe(tenant) for tenant in _in_states(states).order_by("number")]


def describe(tenant: Tenant) -> Municipality:
    """The frozen value the rest of the platform works with; the association must be entered."""
    today = clock.today()
    return Municipality(
        number=tenant.number,
        slug=tenant.slug,
        name=tenant.name,
        kind=tenant.kind,
        hosts=tuple(host.domain for host in serving_hosts(tenant)),
        bodies=(
            *(
                Body(body.ags, body.ars, body.name)
                for body in tenant.bodies.all()
                if body.valid_from <= today and (body.valid_to is None or today < body.valid_to)
            ),
            *(Body(**body) for body in tenant.borrowed_bodies),
        ),
        modules=frozenset(activation.module for activation in tenant.activations.all()),
        theme=MappingProxyType(dict(tenant.theme)),
        profile=tenant.profile,
        origin=tenant.origin,
        restored_at=tenant.restored_at,
    )


def serving_hosts(tenant: Tenant) -> list[Host]:
    """The hosts that answer, the primary one first; those that were given up are not among them."""
    serving = [host for host in tenant.domains.all() if host.redirects_until is None]
    return sorted(serving, key=lambda host: (not host.is_primary, host.domain))


def describe_now(tenant: Tenant) -> Municipality:
    """The same from any context, also with rows of the tenant that were read before they changed."""
    with context.enter_association():
        return describe(tenant)


def _keep(host: str, kept: _Kept) -> None:
    if kept.municipality is not None or kept.moved_to:
        _unknown.pop(host, None)
        _known[host] = kept
        return
    _known.pop(host, None)
    if len(_unknown) >= _MOST_UNKNOWN:
        _unknown.clear()
    _unknown[host] = kept


def _active() -> QuerySet[Tenant]:
    return _in_states((State.ACTIVE,))


def _in_states(states: Collection[str]) -> QuerySet[Tenant]:
    # Who is leaving, or being put back to an earlier day, may have nothing to work with: its schema is put aside.
    found = Tenant.objects.filter(state__in=states).exclude(
        state__in=(State.LEAVING, State.SUSPENDED), schema_fingerprint=""
    )
    return found.prefetch_related("domains", "bodies", "activations")
