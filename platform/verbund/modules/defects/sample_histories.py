# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What became of the demo's reports: believable ways through the states, spread over months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from verbund.modules.defects.states import State

_S = State
# (age in days from, to), weight, the states after "received". The newest are few and mostly untouched.
_WAYS: tuple[tuple[tuple[int, int], int, tuple[State, ...]], ...] = (
    ((0, 2), 3, ()),
    ((5, 8), 1, ()),
    ((1, 6), 2, (_S.IN_REVIEW,)),
    ((6, 20), 2, (_S.IN_REVIEW, _S.IN_PROGRESS)),
    ((8, 30), 2, (_S.IN_REVIEW, _S.SCHEDULED)),
    ((5, 14), 1, (_S.IN_REVIEW, _S.QUESTION)),
    ((20, 120), 3, (_S.IN_REVIEW, _S.IN_PROGRESS, _S.DONE)),
    ((30, 200), 4, (_S.IN_PROGRESS, _S.DONE)),
    ((40, 210), 2, (_S.DONE,)),
    ((25, 160), 2, (_S.IN_REVIEW, _S.FORWARDED)),
    ((30, 180), 1, (_S.IN_REVIEW, _S.NOT_REPAIRED)),
    ((15, 90), 1, (_S.DUPLICATE,)),
)


@dataclass(frozen=True, slots=True)
class History:
    """When a report came in and what happened when."""

    received_at: datetime
    steps: tuple[tuple[State, datetime], ...]

    @property
    def state(self) -> State:
        return self.steps[-1][0] if self.steps else State.RECEIVED

    @property
    def changed_at(self) -> datetime:
        return self.steps[-1][1] if self.steps else self.received_at


def histories(random: Random, count: int, now: datetime) -> list[History]:
    """So many histories, oldest first; every kind of way appears before one repeats."""
    ways = [way for way in _WAYS for _again in range(way[1])]
    random.shuffle(ways)
    chosen = [*_WAYS, *ways * (count // len(ways) + 1)][:count]
    return sorted(
        (_history(random, age, states, now) for age, _weight, states in chosen),
        key=lambda history: history.received_at,
    )


def _history(random: Random, age: tuple[int, int], states: tuple[State, ...], now: datetime) -> History:
    received_at = _by_day(now - timedelta(days=random.uniform(*age)), random)
    received_at = min(received_at, now - timedelta(minutes=random.randint(20, 200)))
    return History(received_at, tuple(_steps(random, states, received_at, now)))


def _steps(
    random: Random, states: tuple[State, ...], start: datetime, now: datetime
) -> Iterator[tuple[State, datetime]]:
    at = start
    for position, state in enumerate(states):
        pause = random.uniform(0.3, 2.4) if position == 0 else random.uniform(1.5, 9)
        at = min(
            _by_day(at + timedelta(days=pause), random), now - timedelta(minutes=5 * (len(states) - position))
        )
        at = max(at, start + timedelta(minutes=30 * (position + 1)))
        yield state, min(at, now)


def _by_day(moment: datetime, random: Random) -> datetime:
    """Between six in the morning and nine in the evening, when people report and offices answer."""
    return moment.replace(
        hour=random.randint(6, 19), minute=random.randint(0, 59), second=random.randint(0, 59), microsecond=0
    )
