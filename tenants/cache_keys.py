# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Cache keys name whose they are; without a scope there is no key."""

from __future__ import annotations

from typing import Any

from django.core.cache import caches

from verbund.kernel import context


def make_key(key: str, key_prefix: str, version: int) -> str:
    """Django's KEY_FUNCTION.

    Raises:
        NoContext: nothing is entered.
    """
    return f"{context.current().key}:{key_prefix}:{version}:{key}"


def forget_all(key: str) -> int:
    """Remove every cached value of a scope from the shared caches; how many.

    What a process keeps in its own memory ends with its time, and nobody asks for it: the scope is never entered again.
    """
    removed = 0
    for cache in caches.all(initialized_only=False):
        shared: Any = getattr(cache, "_shared", cache)  # what web.shared_cache keeps in Valkey
        client: Any = getattr(shared, "_cache", None)
        if not hasattr(client, "get_client"):
            continue
        server = client.get_client(None, write=True)
        for found in server.scan_iter(match=f"{key}:*", count=1000):
            removed += int(server.delete(found))
    return removed
