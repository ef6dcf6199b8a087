# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can become of a report: states, the steps between them, and the light residents see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from types import MappingProxyType


class State(StrEnum):
    UNCONFIRMED = "UNCONFIRMED"
    RECEIVED = "RECEIVED"
    IN_REVIEW = "IN_REVIEW"
    QUESTION = "QUESTION"
    IN_PROGRESS = "IN_PROGRESS"
    SCHEDULED = "SCHEDULED"
    FORWARDED = "FORWARDED"
    DONE = "DONE"
    NOT_REPAIRED = "NOT_REPAIRED"
    DUPLICATE = "DUPLICATE"
    REOPEN_REQUESTED = "REOPEN_REQUESTED"
    HIDDEN = "HIDDEN"


class Light(StrEnum):
    """The light of Brandenburg's Maerker."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    YELLOW_GREEN = "yellow-green"


class Who(StrEnum):
    """Who takes a step."""

    STAFF = "STAFF"
    REPORTER = "REPORTER"
    LINK = "LINK"
    SYSTEM = "SYSTEM"


class Need(StrEnum):
    """What a step cannot be taken without."""

    ANSWER = "ANSWER"  # a sentence everybody may read
    REASON = "REASON"  # a sentence for colleagues
    DATE = "DATE"
    BODY = "BODY"  # who got it
    ORIGINAL = "ORIGINAL"  # the report it repeats


@dataclass(frozen=True, slots=True)
class Step:
    """One allowed change of state; ``returns`` leads back to the state before, whichever of these it was."""

    source: State
    target: State
    who: Who
    needs: frozenset[Need] = frozenset()
    returns: bool = False


# Work goes on between these; none of them is ever entered by going "back to received".
WORKING = (State.RECEIVED, State.IN_REVIEW, State.IN_PROGRESS, State.SCHEDULED, State.FORWARDED)
CLOSED = frozenset({State.DONE, State.NOT_REPAIRED, State.DUPLICATE, State.HIDDEN})
OPEN = frozenset(State) - CLOSED - {State.UNCONFIRMED}
PUBLIC = frozenset(State) - {State.UNCONFIRMED, State.HIDDEN}
# From one of them one comes back to the state before.
PAUSING = frozenset({State.QUESTION, State.REOPEN_REQUESTED})

_NEEDS: Mapping[State, frozenset[Need]] = {
    State.QUESTION: frozenset({Need.ANSWER}),
    State.SCHEDULED: frozenset({Need.DATE}),
    State.FORWARDED: frozenset({Need.BODY}),
    State.DONE: frozenset({Need.ANSWER}),
    State.NOT_REPAIRED: frozenset({Need.ANSWER}),
    State.DUPLICATE: frozenset({Need.ORIGINAL}),
    State.HIDDEN: frozenset({Need.REASON}),
}
_FROM_WORK = (
    State.IN_REVIEW,
    State.QUESTION,
    State.IN_PROGRESS,
    State.SCHEDULED,
    State.FORWARDED,
    State.DONE,
    State.NOT_REPAIRED,
    State.DUPLICATE,
    State.HIDDEN,
)

# Again with something new: another day, another body. Any other state again is no step and changes nothing.
_REPEATABLE = frozenset({State.SCHEDULED, State.FORWARDED})


def _staff(source: State, target: State, *needs: Need) -> Step:
    return Step(source, target, Who.STAFF, _NEEDS.get(target, frozenset()) | frozenset(needs))


def _table() -> Iterable[Step]:
    yield Step(State.UNCONFIRMED, State.RECEIVED, Who.LINK)
    yield _staff(State.UNCONFIRMED, State.HIDDEN)
    for source, target in product(WORKING, _FROM_WORK):
        if source is not target or source in _REPEATABLE:
            yield _staff(source, target)
    for before in WORKING:
        yield Step(State.QUESTION, before, Who.STAFF, returns=True)
    for closed in (State.DONE, State.NOT_REPAIRED):
        yield Step(closed, State.REOPEN_REQUESTED, Who.REPORTER, frozenset({Need.ANSWER}))
        yield _staff(closed, State.IN_REVIEW, Need.REASON)
        yield Step(State.REOPEN_REQUESTED, closed, Who.STAFF, frozenset({Need.ANSWER}), returns=True)
    yield _staff(State.REOPEN_REQUESTED, State.IN_REVIEW)
    yield _staff(State.DUPLICATE, State.RECEIVED)
    yield _staff(State.HIDDEN, State.RECEIVED)


STEPS: Mapping[tuple[State, State], Step] = MappingProxyType(
    {(step.source, step.target): step for step in _table()}
)

_LIGHTS: Mapping[State, Light] = MappingProxyType(
    {
        State.RECEIVED: Light.RED,
        State.IN_REVIEW: Light.RED,
        State.REOPEN_REQUESTED: Light.RED,
        State.QUESTION: Light.YELLOW,
        State.IN_PROGRESS: Light.YELLOW,
        State.SCHEDULED: Light.YELLOW,
        State.DONE: Light.GREEN,
        State.NOT_REPAIRED: Light.YELLOW_GREEN,
        State.FORWARDED: Light.YELLOW_GREEN,
    }
)


def step_between(source: State, target: State, *, before: State | None) -> Step | None:
    """The step, if the table has it; a returning one only to the state that was before."""
    step = STEPS.get((source, target))
    if step is not None and step.returns and target != before:
        return None
    return step


def next_steps(source: State, *, before: State | None, who: Who = Who.STAFF) -> tuple[Step, ...]:
    """What somebody may do next, in the order of the states."""
    steps = (step_between(source, target, before=before) for target in State)
    return tuple(step for step in steps if step is not None and step.who is who)


def light_of(state: State) -> Light | None:
    """The light of a state; none for what is not shown, and for a duplicate, which follows its original."""
    return _LIGHTS.get(state)


def states_of(light: Light) -> tuple[State, ...]:
    """The states that show this light."""
    return tuple(state for state, shown in _LIGHTS.items() if shown is light)
