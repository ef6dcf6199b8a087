# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The circuit breaker, with a clock in hand."""

from __future__ import annotations

import pytest

from verbund.vault.breaker import CircuitBreaker
from verbund.vault.errors import VaultSealed, VaultUnavailable


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def opened(clock: Clock, failure: VaultUnavailable) -> CircuitBreaker:
    breaker = CircuitBreaker(limit=5, pause=10, clock=clock)
    for _ in range(5):
        breaker.admit()
        breaker.failed(failure)
    return breaker


def test_stays_closed_below_the_limit() -> None:
    breaker = CircuitBreaker(limit=5, clock=Clock())
    for _ in range(4):
        breaker.failed(VaultUnavailable())
    breaker.admit()
    breaker.succeeded()
    for _ in range(4):
        breaker.failed(VaultUnavailable())

    breaker.admit()
    assert not breaker.is_open


def test_one_time_out_is_enough() -> None:
    clock = Clock()
    breaker = CircuitBreaker(limit=5, pause=10, clock=clock)
    breaker.failed(VaultUnavailable(), has_waited=True)

    with pytest.raises(VaultUnavailable):
        breaker.admit()
    clock.now = 10
    breaker.admit()


def test_refuses_with_the_last_kind_of_failure() -> None:
    breaker = opened(Clock(), VaultSealed())

    assert breaker.is_open
    with pytest.raises(VaultSealed):
        breaker.admit()


def test_lets_one_try_after_the_pause() -> None:
    clock = Clock()
    breaker = opened(clock, VaultUnavailable())
    clock.now = 10
    breaker.admit()

    with pytest.raises(VaultUnavailable):
        breaker.admit()


def test_closes_when_the_try_succeeds() -> None:
    clock = Clock()
    breaker = opened(clock, VaultUnavailable())
    clock.now = 10
    breaker.admit()
    breaker.succeeded()
    breaker.admit()

    assert not breaker.is_open


def test_opens_again_when_the_try_fails() -> None:
    clock = Clock()
    breaker = opened(clock, VaultUnavailable())
    clock.now = 10
    breaker.admit()
    breaker.failed(VaultUnavailable())
    clock.now = 19.9
    with pytest.raises(VaultUnavailable):
        breaker.admit()
    clock.now = 20

    breaker.admit()


def test_a_try_that_never_ends_does_not_block_for_ever() -> None:
    clock = Clock()
    breaker = opened(clock, VaultUnavailable())
    clock.now = 10
    breaker.admit()
    clock.now = 20

    breaker.admit()
