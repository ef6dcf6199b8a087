# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stops asking a server that keeps failing, so that nobody waits for the time-out again and again."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

from verbund.vault.errors import VaultUnavailable


class CircuitBreaker:
    """After ``limit`` failures in a row everything is refused for ``pause`` seconds, then one attempt goes through.

    One that took the whole time-out is enough: with some more, every thread of the process would wait for it.
    """

    def __init__(
        self, *, limit: int = 5, pause: float = 10, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limit = limit
        self._pause = pause
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._closed_from = 0.0
        self._kind: type[VaultUnavailable] = VaultUnavailable

    def admit(self) -> None:
        """Let the caller try, or refuse.

        Raises:
            VaultUnavailable: of the kind that was met last.
        """
        with self._lock:
            if self._failures < self._limit:
                return
            if self._clock() < self._closed_from:
                raise self._kind
            # This caller tries for all; the others go on being refused until it has an answer.
            self._closed_from = self._clock() + self._pause

    def succeeded(self) -> None:
        """Note an answer, whatever it says."""
        with self._lock:
            self._failures = 0

    def failed(self, failure: VaultUnavailable, *, has_waited: bool = False) -> None:
        """Note that no usable answer came, perhaps not within the time-out."""
        with self._lock:
            self._failures = self._limit if has_waited else self._failures + 1
            self._kind = type(failure)
            self._closed_from = self._clock() + self._pause

    @property
    def is_open(self) -> bool:
        """Whether callers are being refused now."""
        with self._lock:
            return self._failures >= self._limit and self._clock() < self._closed_from
