# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bounded cache: fresh, stale while the store is away, gone when it says no."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from verbund.vault.cache import BoundedCache, Source
from verbund.vault.errors import KeyDestroyed, VaultSealed, VaultUnavailable


@dataclass
class Store:
    value: str = "a"
    failure: Exception | None = None
    loads: int = 0
    finds: int = 0
    may_be_kept: bool = True

    def find(self) -> Source[str]:
        self.finds += 1
        return Source(self.load, self.may_be_kept)

    def load(self) -> str:
        self.loads += 1
        if self.failure is not None:
            raise self.failure
        return self.value


@dataclass
class Scene:
    """A cache of 300 s fresh, 900 s at most, whose background work runs when the test says."""

    stale_max: float = 900
    now: float = 0.0
    waiting: list[Callable[[], None]] = field(default_factory=list)
    store: Store = field(default_factory=Store)

    def __post_init__(self) -> None:
        self.cache: BoundedCache[str] = BoundedCache(
            fresh_for=300, stale_max=self.stale_max, clock=lambda: self.now, spawn=self.waiting.append
        )

    def get(self) -> str:
        return self.cache.get("k", self.store.find)

    def run_background(self) -> None:
        while self.waiting:
            self.waiting.pop()()


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_asks_once(scene: Scene) -> None:
    assert [scene.get() for _ in range(9)] == ["a"] * 9
    assert (scene.store.finds, scene.store.loads) == (1, 1)


def test_checks_in_the_background_when_no_longer_fresh(scene: Scene) -> None:
    scene.get()
    scene.store.value = "b"
    scene.now = 300

    assert scene.get() == "a"
    scene.run_background()
    assert scene.get() == "b"
    assert (scene.store.finds, scene.store.loads) == (1, 2)


def test_one_check_at_a_time(scene: Scene) -> None:
    scene.get()
    scene.now = 300
    for _ in range(9):
        scene.get()

    assert len(scene.waiting) == 1


def test_goes_on_while_the_store_is_away_counted_from_the_last_check(scene: Scene) -> None:
    scene.get()
    scene.now = 400
    scene.get()
    scene.run_background()
    scene.store.failure = VaultSealed()
    scene.now = 1299
    assert scene.get() == "a"
    scene.run_background()
    assert scene.get() == "a"
    scene.now = 1300

    with pytest.raises(VaultSealed):
        scene.get()


def test_a_no_takes_the_value_away_at_once(scene: Scene) -> None:
    scene.get()
    scene.store.failure = KeyDestroyed()
    scene.now = 300
    assert scene.get() == "a"
    scene.run_background()

    with pytest.raises(KeyDestroyed):
        scene.get()


def test_comes_back_by_itself(scene: Scene) -> None:
    scene.store.failure = VaultUnavailable()
    with pytest.raises(VaultUnavailable):
        scene.get()
    scene.store.failure = None

    assert scene.get() == "a"


def test_forget_asks_again(scene: Scene) -> None:
    scene.get()
    scene.store.value = "b"
    scene.cache.forget("k")

    assert scene.get() == "b"


def test_what_may_not_be_kept_is_found_each_time(scene: Scene) -> None:
    scene.store.may_be_kept = False
    scene.get()
    scene.get()

    assert scene.store.finds == 2


def test_zero_keeps_nothing() -> None:
    scene = Scene(stale_max=0)
    scene.get()
    scene.get()

    assert scene.store.loads == 2


def test_threads_wait_for_one_failing_attempt_not_for_one_each() -> None:
    cache: BoundedCache[str] = BoundedCache(fresh_for=300, stale_max=900)
    started, go_on = threading.Event(), threading.Event()
    attempts = []

    def hanging() -> str:
        attempts.append(1)
        started.set()
        go_on.wait(5)
        raise VaultUnavailable

    def ask() -> str:
        try:
            return cache.get("k", lambda: Source(hanging))
        except VaultUnavailable:
            return "unavailable"

    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(ask)
        started.wait(5)
        others = [pool.submit(ask) for _ in range(7)]
        while pool._work_queue.qsize():
            pass
        threading.Timer(0.2, go_on.set).start()
        assert [first.result(), *(other.result() for other in others)] == ["unavailable"] * 8

    assert len(attempts) == 1
