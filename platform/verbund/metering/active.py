# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who was active on a day and in a month: sets of numbers that nobody can trace back, kept until they are over.

A number is an HMAC of the account with the municipality's own key, for one day or one month: the same person has
another one in every span, so nobody can be followed from month to month. A request only notes the account in
memory; the flusher adds what is new to the sets and counts it in the same transaction, so that a person counts once
in a month however many days, processes and repetitions there are.
"""

from __future__ import annotations

import threading
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, partial

import structlog
from django.db import connection, transaction
from django.db.models import Q

from verbund.kernel import clock, context
from verbund.kernel.clock import day_of
from verbund.kernel.context import Municipality, Scope
from verbund.metering import wakeup
from verbund.metering.facts.models import ActivePerson, Fact
from verbund.metering.periods import bounds_of, period_of
from verbund.vault.api import blind_index

log = structlog.get_logger()

DAY, MONTH = "day", "month"
# What was noted before midnight is flushed by then, also after a while without database.
_KEPT = timedelta(days=2)
_ADD = """
    INSERT INTO metering_activeperson (span, first, person)
    SELECT * FROM unnest(%s::text[], %s::date[], %s::bytea[]) ORDER BY 1, 2, 3
    ON CONFLICT DO NOTHING RETURNING span
"""

_lock = threading.Lock()
_seen: dict[tuple[str, int], date] = {}
_waiting: dict[Scope, set[tuple[date, int]]] = {}


def note(scope: Scope, person: int, hour: int) -> None:
    """Somebody signed in was served within this hour (since 1970); costs no statement and no call of Vault."""
    day = _day_of_hour(hour)
    if _seen.get((scope.key, person)) == day:
        return
    with _lock:
        _seen[scope.key, person] = day
        _waiting.setdefault(scope, set()).add((day, person))


def keep() -> int:
    """Add what was noted to the sets and count what is new; returns how many counted for a day.

    What cannot be kept now (database or Vault away) is noted again for the next time.
    """
    global _waiting
    with _lock:
        waiting, _waiting = _waiting, {}
    done = 0
    while waiting:
        scope, noted = waiting.popitem()
        try:
            done += _keep(scope, noted)
        except BaseException:
            waiting[scope] = noted
            _note_again(waiting)
            raise
    return done


def forget_what_is_over() -> int:
    """Delete the entered scope's sets of days and months that are over; returns how many entries."""
    before = clock.today() - _KEPT
    over = Q(span=DAY, first__lt=before) | Q(span=MONTH, first__lt=period_of(before).first)
    return ActivePerson.objects.filter(over).delete()[0]


def forget() -> None:
    """Start anew in a forked child: what was noted before the fork is the parent's."""
    global _lock, _waiting  # noqa: PLW0603 (the parent's lock may be held by a thread that does not exist here)
    _lock = threading.Lock()
    _waiting = {}
    _seen.clear()


def _keep(scope: Scope, noted: Collection[tuple[date, int]]) -> int:
    entered = context.enter(scope) if isinstance(scope, Municipality) else context.enter_association()
    done = 0
    with entered:
        for day in sorted({day for day, _person in noted}):
            persons = [person for on, person in noted if on == day]
            if day >= clock.today() - _KEPT + timedelta(days=1):
                done += _keep_day(day, persons)
            else:
                log.warning("metering.active_too_late", day=day.isoformat(), persons=len(persons))
    return done


def _keep_day(day: date, persons: Collection[int]) -> int:
    spans = ((DAY, day), (MONTH, period_of(day).first))
    entries = [
        (span, first, blind_index(f"{first} {person}", purpose=f"metering.active.{span}"))
        for span, first in spans
        for person in persons
    ]
    # The end of a day that is over, else now.
    at = min(clock.now(), bounds_of(day)[1] - timedelta(seconds=1))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ADD, [list(column) for column in zip(*entries, strict=True)])
            new = [span for (span,) in cursor.fetchall()]
        for span in (DAY, MONTH):
            if quantity := new.count(span):
                Fact.objects.create(meter=f"users.active.{span}", quantity=quantity, occurred_at=at)
        # The flusher, which called us, sends the wake-up.
        transaction.on_commit(partial(wakeup.note, context.current()))
    return new.count(DAY)


def _note_again(waiting: dict[Scope, set[tuple[date, int]]]) -> None:
    with _lock:
        for scope, noted in waiting.items():
            _waiting.setdefault(scope, set()).update(noted)


@lru_cache(maxsize=4)
def _day_of_hour(hour: int) -> date:
    return day_of(datetime.fromtimestamp(hour * 3600, tz=UTC))
