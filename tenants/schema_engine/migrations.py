# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Moves everything forward: the association's schema, the template, the members and the spares."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from tenants.models import SchemaArtefact, Tenant
from tenants.schema_engine import roles, spares
from tenants.schema_engine.artefacts import ensure_artefact, fingerprint, one_at_a_time
from tenants.schema_engine.executor import migrate_schema
from tenants.schema_engine.rendering import Step, render
from tenants.schema_engine.waves import ATTEMPTS, Moved, move
from tenants.states import State
from verbund.kernel import clock, context
from verbund.kernel.context import ASSOCIATION
from verbund.kernel.errors import NotFound

__all__ = ["Outcome", "ensure_artefact", "fingerprint", "migrate_all", "migrate_schema"]

Report = Callable[[str], None]
log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Every member with what became of it; ``moving_seconds`` is what the members alone took."""

    target: str
    seconds: float
    moving_seconds: float
    members: list[Moved] = field(default_factory=list)

    @property
    def stayed(self) -> list[str]:
        """The slugs of those that are not at the state of the code; the next run tries them again."""
        return [member.slug for member in self.members if member.state in {"failed", "waiting"}]


def migrate_all(
    report: Report = lambda _line: None, *, canary: str | None = None, attempts: int = ATTEMPTS
) -> Outcome:
    """Bring the whole database to the state of the code. Idempotent; quick when there is nothing to do.

    A municipality that cannot be moved stays as it is, with the reason in the registry, and the others go on.

    Raises:
        NotFound: there is no member of the canary's slug.
    """
    begin = time.perf_counter()
    report("Datenbank vorbereiten")
    roles.prepare_database()
    with one_at_a_time():
        report("Verband")
        migrate_schema(ASSOCIATION.key)
        target = ensure_artefact(report)
        _make_newest(target)
        spares.discard_outdated()
        members = _members(canary)
        behind = [tenant for tenant in members if tenant.schema_fingerprint != target.fingerprint]
        steps = _steps(behind, target)
        moving = time.perf_counter()
        moved = move(behind, steps, target, canary=canary, attempts=attempts, report=report)
    ended = time.perf_counter()
    current = [
        Moved(slug=tenant.slug, key=tenant.key, state="current") for tenant in members if tenant not in behind
    ]
    return Outcome(
        target=target.fingerprint,
        seconds=ended - begin,
        moving_seconds=ended - moving,
        members=sorted([*moved, *current], key=lambda member: member.key),
    )


def _members(canary: str | None) -> list[Tenant]:
    """Those with a schema."""
    with context.enter_association():
        members = list(
            Tenant.objects.exclude(schema_fingerprint="").exclude(state=State.ARCHIVED).order_by("number")
        )
    if canary is not None and canary not in {tenant.slug for tenant in members}:
        raise NotFound(f"Die Kommune {canary} gibt es nicht. Abhilfe: verbund tenants list nennt alle.")
    return members


def _steps(behind: list[Tenant], target: SchemaArtefact) -> dict[str, Step | None]:
    """The way to the target for each structure that members have; nearly always there is one."""
    return {source: render(source, target) for source in {tenant.schema_fingerprint for tenant in behind}}


def _make_newest(target: SchemaArtefact) -> None:
    """Also an older program whose structure was known already is now the one that counts."""
    with context.enter_association():
        if SchemaArtefact.objects.filter(made_at__gt=target.made_at).exists():
            SchemaArtefact.objects.filter(pk=target.pk).update(made_at=clock.now())
