# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Remembers who has new facts, so that they are pushed at once and not only with the next sweep."""

from __future__ import annotations

import threading
from collections.abc import Callable

from verbund.jobs.hints import hint
from verbund.kernel.context import Municipality, Scope

Waker = Callable[[Scope], None]
# By then a sweep has done the same.
_EXPIRES_SECONDS = 60

_lock = threading.Lock()
_waiting: dict[str, Scope] = {}


def note(scope: Scope) -> None:
    """There are committed facts of this scope; costs no round trip."""
    with _lock:
        _waiting[scope.key] = scope


def send(wake: Waker) -> None:
    """Wake everyone noted since the last call, each once."""
    with _lock:
        scopes = list(_waiting.values())
        _waiting.clear()
    for scope in scopes:
        wake(scope)


def send_push(scope: Scope) -> None:
    """Ask a worker to push; when the broker is away, the next sweep does it."""
    task = "metering.push" if isinstance(scope, Municipality) else "metering.push_association"
    hint(task, scope=scope, expires_seconds=_EXPIRES_SECONDS)


def forget() -> None:
    """Start anew in a forked child; the parent looks after its own."""
    global _lock  # noqa: PLW0603 (the parent's lock may be held by a thread that does not exist here)
    _lock = threading.Lock()
    _waiting.clear()
