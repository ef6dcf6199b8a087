# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ten threads that change municipalities all the time, in every way the code speaks to the database."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable

from django.db import DatabaseError, connection, transaction

from tenants.database.errors import NoTenant
from verbund.accounts.models import Person
from verbund.kernel import context
from verbund.proof.ledger import Ledger
from verbund.proof.stages import Party, entered

STORM, NO_CONTEXT = "storm.switches", "storm.no_context"
THREADS, ROUNDS = 10, 150


def storm(parties: tuple[Party, ...], ledger: Ledger) -> None:
    """Each thread goes from one to another and must see only whose data it asked for."""
    wrong: list[str] = []
    counts: list[int] = []
    threads = [
        threading.Thread(target=_run, args=(parties, random.Random(seed), wrong, counts))  # noqa: S311 (repeatable)
        for seed in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ledger.held(STORM, sum(counts))
    ledger.succeeded(STORM, sum(counts))
    for seen in wrong[:20]:
        ledger.failed(STORM, "Wechsel unter Last", seen)
    _without_context(ledger)


def _run(parties: tuple[Party, ...], dice: random.Random, wrong: list[str], counts: list[int]) -> None:
    done = 0
    try:
        held = connection.cursor()
        for _round in range(ROUNDS):
            party = dice.choice(parties)
            with entered(party.scope):
                for way in dice.sample(_WAYS, 3):
                    seen = way(held)
                    done += 1
                    if seen != party.key:
                        wrong.append(f"{way.__name__}: {seen} statt {party.key}")
                names = (
                    Person.objects.exclude(name__contains=party.canary)
                    .exclude(joined_at=None)
                    .values_list("name", flat=True)
                )
                done += 1
                foreign = [
                    name
                    for name in names
                    if any(other.canary in name for other in parties if other is not party)
                ]
                if foreign:
                    wrong.append(f"Personen: {foreign} in {party.key}")
            if dice.random() < 0.1:  # noqa: PLR2004 (now and then with a new connection)
                connection.close()
                held = connection.cursor() if _can_open(party) else held
    except Exception as error:  # noqa: BLE001 (a thread must not die in silence)
        wrong.append(f"{type(error).__name__}: {error}")
    finally:
        counts.append(done)
        connection.close()


def _can_open(party: Party) -> bool:
    """A cursor of a closed connection is refused; the next one is made within a scope."""
    with entered(party.scope):
        connection.ensure_connection()
    return True


_WHERE = "SELECT current_schema(), current_user, current_schemas(false)::text"


def _told(row: tuple[str, str, str]) -> str:
    schema, user, path = row
    return schema if schema == user and path == f"{{{schema},ext}}" else f"{schema}/{user}/{path}"


def _held_cursor(held: object) -> str:
    """The cursor was made while something else was entered."""
    held.execute(_WHERE)  # type: ignore[attr-defined]  # Django's cursor
    return _told(held.fetchone())  # type: ignore[attr-defined]  # see above


def _raw(_held: object) -> str:
    with connection.cursor() as cursor:
        cursor.execute(_WHERE)
        return _told(cursor.fetchone())


def _copied(_held: object) -> str:
    statement = "COPY (SELECT current_schema(), current_user, current_schemas(false)::text) TO STDOUT"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        (seen,) = [_told(row) for row in copy.rows()]
        return seen


def _streamed(_held: object) -> str:
    with connection.cursor() as cursor:
        (seen,) = [_told(row) for row in cursor.stream(_WHERE)]
        return seen


def _after_error(held: object) -> str:
    """A rollback takes the switch back without telling anybody."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
    except DatabaseError:
        pass
    return _raw(held)


def _after_savepoint(held: object) -> str:
    with transaction.atomic():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT 1/0")
        except DatabaseError:
            pass
        return _raw(held)


def _orm(held: object) -> str:
    Person.objects.order_by("pk").first()
    return _raw(held)


_WAYS: list[Callable[[object], str]] = [
    _held_cursor, _raw, _copied, _streamed, _after_error, _after_savepoint, _orm,
]  # fmt: skip


def _without_context(ledger: Ledger) -> None:
    """Nothing is entered: nothing runs, on a connection that served somebody a moment ago."""
    tries: dict[str, Callable[[], object]] = {
        "ORM": Person.objects.first,
        "SQL": lambda: _raw(None),
        "COPY": lambda: _copied(None),
        "STREAM": lambda: _streamed(None),
    }
    with context.leave():
        for name, attempt in tries.items():
            try:
                seen = repr(attempt())
            except NoTenant:
                ledger.held(NO_CONTEXT)
            except Exception as error:  # noqa: BLE001 (any other way of refusing is not the guard)
                ledger.failed(NO_CONTEXT, name, f"{type(error).__name__}: {error}")
            else:
                ledger.failed(NO_CONTEXT, name, f"liefert {seen}")
