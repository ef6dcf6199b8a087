# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tasks as a worker gets them."""

from __future__ import annotations

from typing import Any


def deliver(task: Any, headers: dict[str, object]) -> None:
    """Run the body as a worker does, with the headers of a message."""
    task.push_request(id="message-1", headers=headers, **headers)
    try:
        task()
    finally:
        task.pop_request()
