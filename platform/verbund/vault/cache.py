# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps secrets in memory for a bounded time, checks them in the background, and serves on while Vault is away."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Thread
from typing import Generic, TypeVar

from verbund.kernel.errors import DomainError
from verbund.vault.errors import VaultUnavailable
from verbund.vault.shared_attempt import SharedAttempt

T = TypeVar("T")

_RETRY_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Source(Generic[T]):
    """How to get a value again, from any thread. ``may_be_kept`` false: use it once, do not remember it."""

    load: Callable[[], T]
    may_be_kept: bool = True


@dataclass(slots=True)
class _Entry(Generic[T]):
    value: T = field(repr=False)
    source: Source[T] = field(repr=False)
    checked_at: float
    next_check_at: float


def in_a_thread(work: Callable[[], None]) -> None:
    """Run it beside the request; it ends by itself within the store's time-out."""
    Thread(target=work, name="vault-check", daemon=True).start()


class BoundedCache(Generic[T]):
    """Values that count for ``stale_max`` seconds after the store last confirmed them.

    After ``fresh_for`` seconds the next use has the value confirmed in the background, so nobody waits for a
    store that hangs. A store that is away changes nothing until ``stale_max``; one that says no (key destroyed,
    access withdrawn) makes the value go at once.
    """

    def __init__(
        self,
        *,
        fresh_for: float,
        stale_max: float,
        clock: Callable[[], float] = time.monotonic,
        spawn: Callable[[Callable[[], None]], None] = in_a_thread,
    ) -> None:
        self.fresh_for = fresh_for
        self._stale_max = stale_max
        self._clock = clock
        self._spawn = spawn
        self._entries: dict[str, _Entry[T]] = {}
        self._attempts: dict[str, SharedAttempt] = {}

    def get(self, name: str, find: Callable[[], Source[T]]) -> T:
        """The value of that name; ``find`` runs in the caller's thread, only when nothing usable is held.

        Raises:
            DomainError: whatever ``find`` or its source raises.
        """
        entry = self._usable(name)
        if entry is None:
            return self._attempts.setdefault(name, SharedAttempt()).run(lambda: self._fetch(name, find))
        if self._clock() >= entry.next_check_at:
            entry.next_check_at = self._clock() + _RETRY_SECONDS
            self._spawn(lambda: self._check(name, entry))
        return entry.value

    def forget(self, name: str) -> None:
        """Ask the store at the next use."""
        self._entries.pop(name, None)

    def _usable(self, name: str) -> _Entry[T] | None:
        entry = self._entries.get(name)
        if entry is not None and self._clock() - entry.checked_at >= self._stale_max:
            self._entries.pop(name, None)
            return None
        return entry

    def _fetch(self, name: str, find: Callable[[], Source[T]]) -> T:
        entry = self._usable(name)
        if entry is not None:
            return entry.value
        source = find()
        value = source.load()
        if source.may_be_kept and self._stale_max > 0:
            now = self._clock()
            self._entries[name] = _Entry(value, source, now, now + self.fresh_for)
        return value

    def _check(self, name: str, entry: _Entry[T]) -> None:
        try:
            value = entry.source.load()
        except VaultUnavailable:
            return
        except DomainError:
            if self._entries.get(name) is entry:
                self._entries.pop(name, None)
            return
        now = self._clock()
        entry.value, entry.checked_at, entry.next_check_at = value, now, now + self.fresh_for
