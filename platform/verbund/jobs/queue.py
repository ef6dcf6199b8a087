# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What still waits in the broker for a scope that is gone; nothing of it would run, but it names whose it was."""

from __future__ import annotations

import json
from typing import Any, Final

import structlog
from celery.app import app_or_default
from kombu.exceptions import OperationalError

from verbund.jobs.tasks import HEADER
from verbund.kernel.errors import Unavailable

log = structlog.get_logger()
QUEUES: Final = ("default", "provisioning")
_UNACKNOWLEDGED: Final = "unacked"


def waiting_of(key: str) -> int:
    """How many messages of a scope wait or are being worked on.

    Raises:
        Unavailable: the broker does not answer.
    """
    return _each(key, remove=False)


def remove_of(key: str) -> int:
    """Take them out; how many.

    Raises:
        Unavailable: the broker does not answer.
    """
    removed = _each(key, remove=True)
    log.info("jobs.messages_removed", key=key, count=removed)
    return removed


def _each(key: str, *, remove: bool) -> int:
    try:
        with app_or_default().connection_for_write() as connection, connection.channel() as channel:
            client: Any = getattr(channel, "client")  # noqa: B009 (kombu's types know no transport)
            return _in_lists(client, key, remove=remove) + _in_flight(client, key, remove=remove)
    except (OperationalError, OSError) as error:
        raise Unavailable from error


def _in_lists(client: Any, key: str, *, remove: bool) -> int:
    count = 0
    for queue in QUEUES:
        for raw in client.lrange(queue, 0, -1):
            if _scope(json.loads(raw)) == key:
                count += 1
                if remove:
                    client.lrem(queue, 1, raw)
    return count


def _in_flight(client: Any, key: str, *, remove: bool) -> int:
    """Messages a worker has taken, or that wait for their time in one."""
    count = 0
    for tag, raw in client.hgetall(_UNACKNOWLEDGED).items():
        message, *_route = json.loads(raw)
        if _scope(message) == key:
            count += 1
            if remove:
                client.hdel(_UNACKNOWLEDGED, tag)
    return count


def _scope(message: dict[str, Any]) -> str:
    return str(message.get("headers", {}).get(HEADER, ""))
