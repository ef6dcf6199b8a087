# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of steps, every pair of it."""

from __future__ import annotations

from itertools import product

import pytest

from verbund.modules.defects.labels import STATE_LABELS, step_label
from verbund.modules.defects.states import STEPS, Light, Need, State, Who, light_of, next_steps, step_between

S = State
WORK = {S.RECEIVED, S.IN_REVIEW, S.IN_PROGRESS, S.SCHEDULED, S.FORWARDED}
FROM_WORK = {
    S.IN_REVIEW,
    S.QUESTION,
    S.IN_PROGRESS,
    S.SCHEDULED,
    S.FORWARDED,
    S.DONE,
    S.NOT_REPAIRED,
    S.DUPLICATE,
    S.HIDDEN,
}
ALLOWED = {
    S.UNCONFIRMED: {S.RECEIVED, S.HIDDEN},
    S.RECEIVED: FROM_WORK,
    S.IN_REVIEW: FROM_WORK - {S.IN_REVIEW},
    S.IN_PROGRESS: FROM_WORK - {S.IN_PROGRESS},
    S.SCHEDULED: FROM_WORK,
    S.FORWARDED: FROM_WORK,
    S.QUESTION: WORK,
    S.DONE: {S.REOPEN_REQUESTED, S.IN_REVIEW},
    S.NOT_REPAIRED: {S.REOPEN_REQUESTED, S.IN_REVIEW},
    S.REOPEN_REQUESTED: {S.IN_REVIEW, S.DONE, S.NOT_REPAIRED},
    S.DUPLICATE: {S.RECEIVED},
    S.HIDDEN: {S.RECEIVED},
}


@pytest.mark.parametrize(("source", "target"), list(product(State, State)))
def test_exactly_these_steps_exist(source, target):
    assert ((source, target) in STEPS) is (target in ALLOWED[source])


@pytest.mark.parametrize("before", sorted(WORK))
def test_a_question_returns_only_to_the_state_before(before):
    assert [step.target for step in next_steps(S.QUESTION, before=before)] == [before]


@pytest.mark.parametrize("before", [S.DONE, S.NOT_REPAIRED])
def test_a_declined_request_returns_only_to_the_state_before(before):
    assert {step.target for step in next_steps(S.REOPEN_REQUESTED, before=before)} == {S.IN_REVIEW, before}


def test_who_takes_which_step():
    by = {who: {(step.source, step.target) for step in STEPS.values() if step.who is who} for who in Who}

    assert by[Who.LINK] == {(S.UNCONFIRMED, S.RECEIVED)}
    assert by[Who.REPORTER] == {(S.DONE, S.REOPEN_REQUESTED), (S.NOT_REPAIRED, S.REOPEN_REQUESTED)}
    assert by[Who.SYSTEM] == set()


NEEDS = {
    S.QUESTION: {Need.ANSWER},
    S.SCHEDULED: {Need.DATE},
    S.FORWARDED: {Need.BODY},
    S.DONE: {Need.ANSWER},
    S.NOT_REPAIRED: {Need.ANSWER},
    S.DUPLICATE: {Need.ORIGINAL},
    S.HIDDEN: {Need.REASON},
}


@pytest.mark.parametrize(("source", "target"), list(product(sorted(WORK), sorted(FROM_WORK))))
def test_what_a_step_from_work_needs(source, target):
    step = step_between(source, target, before=None)
    if step is not None:
        assert step.needs == NEEDS.get(target, set())


def test_reopening_by_the_office_needs_a_reason_and_declining_a_sentence():
    assert STEPS[S.DONE, S.IN_REVIEW].needs == {Need.REASON}
    assert STEPS[S.REOPEN_REQUESTED, S.IN_REVIEW].needs == set()
    assert STEPS[S.REOPEN_REQUESTED, S.DONE].needs == {Need.ANSWER}


def test_lights():
    assert {state: light_of(state) for state in State} == {
        S.UNCONFIRMED: None,
        S.RECEIVED: Light.RED,
        S.IN_REVIEW: Light.RED,
        S.REOPEN_REQUESTED: Light.RED,
        S.QUESTION: Light.YELLOW,
        S.IN_PROGRESS: Light.YELLOW,
        S.SCHEDULED: Light.YELLOW,
        S.FORWARDED: Light.YELLOW_GREEN,
        S.DONE: Light.GREEN,
        S.NOT_REPAIRED: Light.YELLOW_GREEN,
        S.DUPLICATE: None,
        S.HIDDEN: None,
    }


def test_every_state_and_step_of_the_office_has_words():
    assert set(STATE_LABELS) == set(State)
    for step in STEPS.values():
        if step.who is Who.STAFF:
            assert step_label(step)
