# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tells a worker that a mail waits. Only a hint: the sweeper finds every mail without it."""

from __future__ import annotations

from verbund.jobs.hints import hint
from verbund.kernel.context import Municipality, Scope

# By then the sweeper has found it.
_EXPIRES_SECONDS = 300


def send(scope: Scope, outbox_id: int) -> None:
    """Ask for one mail to be sent; when the broker is away, the sweeper does it within a minute."""
    task = "notify.deliver" if isinstance(scope, Municipality) else "notify.deliver_association"
    hint(task, scope=scope, arguments=[outbox_id], expires_seconds=_EXPIRES_SECONDS)
