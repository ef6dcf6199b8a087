# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lets threads that want the same thing wait for one attempt instead of queueing for one each."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock
from typing import TypeVar

from verbund.vault.errors import VaultUnavailable

T = TypeVar("T")


class _Flight:
    """An attempt under way, and how it failed."""

    def __init__(self) -> None:
        self.has_ended = Event()
        self.failure: type[VaultUnavailable] | None = None


class SharedAttempt:
    """One at a time. Who comes while another one tries and finds nobody home gets that answer, not a second wait."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._flight: _Flight | None = None

    def run(self, attempt: Callable[[], T]) -> T:
        """Run ``attempt``, which has to look first whether another thread has brought the thing meanwhile."""
        while True:
            with self._lock:
                ahead = self._flight
                if ahead is None:
                    own = self._flight = _Flight()
            if ahead is None:
                return self._lead(own, attempt)
            ahead.has_ended.wait()
            if ahead.failure is not None:
                raise ahead.failure

    def _lead(self, flight: _Flight, attempt: Callable[[], T]) -> T:
        try:
            return attempt()
        except VaultUnavailable as failure:
            flight.failure = type(failure)
            raise
        finally:
            with self._lock:
                self._flight = None
            flight.has_ended.set()
