# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Moves the members to the structure of this code: one first, then wave after wave, each on its own.

A member is moved in one transaction together with the notes of it. What fails stays as it was, with the reason in the
registry, and does not hold up the others; a lock that is not to be had is tried again. "Where the version is not the
target" is all there is to resume.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import structlog
from django.db import DatabaseError, connection, transaction
from psycopg import sql

from tenants.database.targets import EXTENSIONS, as_owner
from tenants.models import MoveState, SchemaArtefact, SchemaMove, Tenant
from tenants.schema_engine.executor import LOCK_TIMEOUT, migrate_schema
from tenants.schema_engine.rendering import OTHER_HISTORY, Step
from verbund.kernel import clock, context
from verbund.kernel.context import ASSOCIATION

Report = Callable[[str], None]
Way = Literal["replay", "django"]

WAVE = 50
WORKERS = 4
ATTEMPTS = 3
_STATEMENT_TIMEOUT = "60s"
_BACKOFF_SECONDS = 0.5
_LOCK_NOT_AVAILABLE = "55P03"
_DEADLOCK = "40P01"
log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What became of one member. ``waiting`` has not been begun, because an earlier wave was stopped."""

    slug: str
    key: str
    state: Literal["current", "done", "failed", "waiting"]
    way: Way | None = None
    attempt: int = 0
    duration_ms: int = 0
    error: str = ""
    is_busy: bool = False


def move(
    tenants: Sequence[Tenant],
    steps: dict[str, Step | None],
    target: SchemaArtefact,
    *,
    canary: str | None = None,
    attempts: int = ATTEMPTS,
    report: Report = lambda _line: None,
) -> list[Moved]:
    """Move the members, the canary alone and first; ``steps`` are the rendered ways by where a member comes from.

    Nobody follows a named canary that failed, nor a wave in which more than half failed for good.
    """
    moved: list[Moved] = []
    waves = list(_waves(tenants, canary))
    for number, wave in enumerate(waves, start=1):
        report(f"Welle {number} von {len(waves)}: {len(wave)} Kommunen")
        results = _move_wave(wave, steps, target, attempts)
        moved += results
        failed = [result for result in results if result.state == "failed" and not result.is_busy]
        if (canary and number == 1 and results[0].state == "failed") or len(failed) * 2 > max(len(wave), 2):
            left = [tenant for later in waves[number:] for tenant in later]
            return moved + [Moved(slug=tenant.slug, key=tenant.key, state="waiting") for tenant in left]
    return moved


def _waves(tenants: Sequence[Tenant], canary: str | None) -> Iterator[list[Tenant]]:
    first = [tenant for tenant in tenants if tenant.slug == canary]
    others = [tenant for tenant in tenants if tenant.slug != canary]
    if first:
        yield first
    for begin in range(0, len(others), WAVE):
        yield others[begin : begin + WAVE]


def _move_wave(
    wave: list[Tenant], steps: dict[str, Step | None], target: SchemaArtefact, attempts: int
) -> list[Moved]:
    """Replay with several connections at once; what only Django can do comes afterwards, one by one."""
    results: dict[str, Moved] = {}
    to_do = wave
    for attempt in range(1, attempts + 1):
        if attempt > 1:
            time.sleep(_BACKOFF_SECONDS * 2 ** (attempt - 2))
        rendered = [tenant for tenant in to_do if steps[tenant.schema_fingerprint] is not None]
        tried = {result.key: result for result in _replay_all(rendered, steps, attempt)}
        for tenant in to_do:
            result = tried.get(tenant.key) or _by_django(tenant, target, attempt)
            results[tenant.key] = result
            if result.state == "failed":
                _note_failure(tenant, target, result)
        to_do = [tenant for tenant in to_do if results[tenant.key].is_busy]
        if not to_do:
            break
    return [results[tenant.key] for tenant in wave]


def _replay_all(tenants: list[Tenant], steps: dict[str, Step | None], attempt: int) -> list[Moved]:
    """Those that were replayed or failed; one with another history is missing, for Django to look at."""
    waiting: queue.SimpleQueue[Tenant] = queue.SimpleQueue()
    for tenant in tenants:
        waiting.put(tenant)
    done: list[Moved] = []

    def work() -> None:
        try:
            while True:
                tenant = waiting.get_nowait()
                step = steps[tenant.schema_fingerprint]
                result = _replay(tenant, step, attempt) if step is not None else None
                if result is not None:
                    done.append(result)
        except queue.Empty:
            pass
        finally:
            connection.close()  # this thread's own

    threads = [threading.Thread(target=work) for _number in range(min(WORKERS, len(tenants)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def _replay(tenant: Tenant, step: Step, attempt: int) -> Moved | None:
    begin = time.perf_counter()
    failed: Moved | None = None
    try:
        with as_owner(tenant.key), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_statement(tenant, step, attempt))
    except DatabaseError as error:
        if _code(error) == OTHER_HISTORY:
            return None
        failed = _failure(tenant, error, "replay", attempt)
    found = failed or Moved(slug=tenant.slug, key=tenant.key, state="done", way="replay", attempt=attempt)
    return replace(found, duration_ms=_since(begin))


def _statement(tenant: Tenant, step: Step, attempt: int) -> str:
    """Everything for one member in one message: limits, changes, and the registry's notes of them."""
    notes = sql.SQL(
        "SET LOCAL search_path TO {path};"
        "UPDATE tenants_tenant SET schema_fingerprint = {target}, state_message = '' WHERE number = {number};"
        "INSERT INTO tenants_schemamove (tenant_id, target, state, way, attempt, duration_ms, error, changed_at)"
        " VALUES ({number}, {target}, {done}, 'replay', {attempt},"
        " extract(milliseconds FROM clock_timestamp() - now())::int, '', clock_timestamp())"
        " ON CONFLICT (tenant_id, target) DO UPDATE SET state = excluded.state, way = excluded.way,"
        " attempt = tenants_schemamove.attempt + 1, duration_ms = excluded.duration_ms, error = '',"
        " changed_at = excluded.changed_at;"
    ).format(
        path=sql.SQL(", ").join(map(sql.Identifier, (ASSOCIATION.key, EXTENSIONS, EXTENSIONS))),
        target=sql.Literal(step.target),
        number=sql.Literal(tenant.number),
        done=sql.Literal(MoveState.DONE.value),
        attempt=sql.Literal(attempt),
    )
    limits = (
        f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'; SET LOCAL statement_timeout = '{_STATEMENT_TIMEOUT}';"
    )
    return f"{limits}\n{step.sql}\n{notes.as_string(None)}"


def _by_django(tenant: Tenant, target: SchemaArtefact, attempt: int) -> Moved:
    begin = time.perf_counter()
    try:
        migrate_schema(tenant.key)
    except Exception as error:  # what is wrong in one schema must not hold up the others
        log.exception("tenants.migration_failed", key=tenant.key)
        return replace(_failure(tenant, error, "django", attempt), duration_ms=_since(begin))
    duration = _since(begin)
    with context.enter_association(), transaction.atomic():
        Tenant.objects.filter(pk=tenant.pk).update(schema_fingerprint=target.fingerprint, state_message="")
        _note(tenant, target, state=MoveState.DONE, way="django", duration_ms=duration, error="")
    return Moved(
        slug=tenant.slug, key=tenant.key, state="done", way="django", attempt=attempt, duration_ms=duration
    )


def _failure(tenant: Tenant, error: Exception, way: Way, attempt: int) -> Moved:
    is_busy = _code(error) in {_LOCK_NOT_AVAILABLE, _DEADLOCK}
    return Moved(
        slug=tenant.slug,
        key=tenant.key,
        state="failed",
        way=way,
        attempt=attempt,
        error=str(error).strip(),
        is_busy=is_busy,
    )


def _note_failure(tenant: Tenant, target: SchemaArtefact, result: Moved) -> None:
    with context.enter_association(), transaction.atomic():
        Tenant.objects.filter(pk=tenant.pk).update(
            state_message=f"Die Datenbank ist nicht auf dem Stand des Programms: {result.error}"
        )
        _note(
            tenant,
            target,
            state=MoveState.FAILED,
            way=result.way,
            duration_ms=result.duration_ms,
            error=result.error,
        )


def _note(tenant: Tenant, target: SchemaArtefact, **values: object) -> None:
    moved, is_new = SchemaMove.objects.get_or_create(
        tenant_id=tenant.pk, target=target.fingerprint, defaults={**values, "changed_at": clock.now()}
    )
    if not is_new:
        SchemaMove.objects.filter(pk=moved.pk).update(
            **values, attempt=moved.attempt + 1, changed_at=clock.now()
        )


def _code(error: BaseException) -> str | None:
    """PostgreSQL's code for the reason, behind Django's own error."""
    cause = error.__cause__ or error
    return getattr(cause, "sqlstate", None)


def _since(begin: float) -> int:
    return round((time.perf_counter() - begin) * 1000)
