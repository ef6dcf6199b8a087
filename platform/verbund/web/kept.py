# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answers a process keeps for a moment, for each municipality its own: for what every page asks and hardly ever changes.

Nothing security hangs on belongs here: another process may believe the old answer until its moment is over.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock
from typing import ClassVar, Generic, TypeVar

from verbund.kernel import context

T = TypeVar("T")
_MOST = 10_000


class Kept(Generic[T]):
    """One question; ``get`` asks it anew when the answer of the entered scope is older than ``seconds``."""

    _all: ClassVar[list[Kept[object]]] = []

    def __init__(self, *, seconds: float) -> None:
        self.seconds = seconds
        self._answers: dict[str, tuple[T, float]] = {}
        self._lock = Lock()
        Kept._all.append(self)  # type: ignore[arg-type]  # only to forget what it keeps

    def get(self, ask: Callable[[], T]) -> T:
        """The kept answer of the entered scope, or a new one."""
        key, now = context.current().key, time.monotonic()
        kept = self._answers.get(key)
        if kept is not None and now < kept[1]:
            return kept[0]
        answer = ask()
        with self._lock:
            if len(self._answers) >= _MOST:
                self._answers.clear()
            self._answers[key] = (answer, now + self.seconds)
        return answer

    def forget(self) -> None:
        """The entered scope has just changed it."""
        with self._lock:
            self._answers.pop(context.current().key, None)

    @classmethod
    def forget_all(cls) -> None:
        """Keep nothing of any scope: for tests."""
        for question in cls._all:
            question._answers.clear()  # noqa: SLF001 (its own class)
