# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The data keys of the entered scope: made at first need, unwrapped once per process, kept for a bounded time."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.db import connection, transaction

from verbund.kernel import clock, context
from verbund.vault.cache import Source
from verbund.vault.errors import Unreadable, VaultRefused
from verbund.vault.models import DataKey, Kind
from verbund.vault.process import Holdings, holdings


@dataclass(frozen=True, slots=True)
class OpenKey:
    """A data key ready for use."""

    version: int
    secret: bytes = field(repr=False)


# Wrapped keys whose rows may still be rolled back. One that was remembered and then lost its row would seal
# values nobody can open again, so these are unwrapped at each use until the transaction has committed.
_uncommitted: set[str] = set()


def current_key(kind: Kind) -> OpenKey:
    """The newest key of that kind in the entered scope; the first one is made now.

    Raises:
        NoContext: nothing is entered.
        VaultUnavailable, KeyDestroyed, AccessDenied: it cannot be unwrapped.
    """
    scope = context.current().key
    held = holdings()
    name = f"{scope}/{kind.value}"
    version, until = held.current_versions.get(name, (0, 0.0))
    if time.monotonic() < until:
        return OpenKey(version, _secret(held, scope, kind, version))
    row = DataKey.objects.filter(kind=kind, retired_at=None).first() or _first(kind, scope=scope)
    if row.wrapped not in _uncommitted:
        held.current_versions[name] = (row.version, time.monotonic() + held.data_keys.fresh_for)
    return OpenKey(row.version, _secret(held, scope, kind, row.version))


def newest_version(kind: Kind) -> int:
    """The newest version as the database knows it, not as this process remembers it."""
    holdings().current_versions.pop(f"{context.current().key}/{kind.value}", None)
    return current_key(kind).version


def key_of_version(kind: Kind, version: int) -> OpenKey:
    """A key that may be retired.

    Raises:
        Unreadable: the scope never had that version.
    """
    return OpenKey(version, _secret(holdings(), context.current().key, kind, version))


@transaction.atomic
def add_version(kind: Kind, *, at: datetime) -> DataKey:
    """Make a new key the current one; the one before is retired and goes on opening what it sealed."""
    scope = context.current().key
    wait_for_turn(scope, kind)
    return _add(kind, scope=scope, at=at)


def _secret(held: Holdings, scope: str, kind: Kind, version: int) -> bytes:
    def find() -> Source[bytes]:
        wrapped = DataKey.objects.filter(kind=kind, version=version).values_list("wrapped", flat=True).first()
        if wrapped is None:
            raise Unreadable
        store = held.store_of(scope)
        return Source(lambda: store.unwrap(scope, wrapped), may_be_kept=wrapped not in _uncommitted)

    name = f"{scope}/{kind.value}/{version}"
    try:
        return held.data_keys.get(name, find)
    except VaultRefused:
        # It was wrapped anew, and the old wrapping closed, between our reading of the row and our question.
        held.data_keys.forget(name)
        return held.data_keys.get(name, find)


@transaction.atomic
def _first(kind: Kind, *, scope: str) -> DataKey:
    wait_for_turn(scope, kind)
    # Whoever had the turn before us has made it.
    found = DataKey.objects.filter(kind=kind, retired_at=None).first()
    return found or _add(kind, scope=scope, at=clock.now())


def _add(kind: Kind, *, scope: str, at: datetime) -> DataKey:
    DataKey.objects.filter(kind=kind, retired_at=None).update(retired_at=at)
    newest = DataKey.objects.filter(kind=kind).order_by("-version").values_list("version", flat=True).first()
    wrapped = holdings().store_of(scope).new_data_key(scope).wrapped
    _uncommitted.add(wrapped)
    row = DataKey.objects.create(kind=kind, version=(newest or 0) + 1, wrapped=wrapped, created_at=at)
    transaction.on_commit(partial(_committed, wrapped, f"{scope}/{kind.value}"))
    return row


def _committed(wrapped: str, name: str) -> None:
    _uncommitted.discard(wrapped)
    holdings().current_versions.pop(name, None)


def wait_for_turn(scope: str, kind: Kind) -> None:
    """Hold others off until this transaction ends: two first keys would both be used, and one row lost."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"vault/{scope}/{kind.value}"]
        )
