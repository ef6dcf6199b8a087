# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lets threads that want the same thing wait for one attempt instead of queueing for one each."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from verbund.vault.errors import VaultUnavailable

T = TypeVar("T")


class SharedAttempt:
    """One at a time. Who waited while another one tried and found nobody home gets that answer, not a second wait."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._failed_at = float("-inf")
        self._kind: type[VaultUnavailable] = VaultUnavailable

    def run(self, attempt: Callable[[], T]) -> T:
        """Run ``attempt``, which has to look first whether another thread has brought the thing meanwhile."""
        came_at = time.monotonic()
        with self._lock:
            if self._failed_at >= came_at:
                raise self._kind
            try:
                return attempt()
            except VaultUnavailable as failure:
                self._failed_at = time.monotonic()
                self._kind = type(failure)
                raise
