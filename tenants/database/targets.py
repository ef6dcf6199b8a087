# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which role and search path a statement has to run with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from tenants.database.errors import NoTenant, OwnerOnly
from verbund.kernel import context

EXTENSIONS = "ext"
PROOF = b"SELECT current_schema(), current_user"
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,62}")


@dataclass(frozen=True, slots=True)
class Target:
    """A schema, the role that works in it, and the statement that goes there and proves it in one round trip."""

    schema: str
    user: str
    reported_path: bytes
    statement: bytes


_owner_schema: ContextVar[str | None] = ContextVar("verbund_owner_schema", default=None)


@lru_cache(maxsize=4096)
def scope_target(key: str) -> Target:
    """The target of a municipality or the association: role and schema are both named by its key."""
    _check(key)
    path = f"{key}, {EXTENSIONS}"
    return Target(key, key, path.encode(), _statement(f"SET ROLE {key}", path))


@lru_cache(maxsize=4096)
def owner_target(schema: str, login: str) -> Target:
    """The owner of all tables, at work in one schema.

    PostgreSQL reports the path but not the role, so the owner's path is written differently
    (the extension schema twice, which changes nothing): a leftover of one is never taken for the other.
    """
    _check(schema)
    path = f"{schema}, {EXTENSIONS}, {EXTENSIONS}"
    return Target(schema, login, path.encode(), _statement("RESET ROLE", path))


def wanted() -> Target:
    """The target for what is entered now.

    Raises:
        NoTenant: nothing is.
    """
    scope = context.current_or_none()
    if scope is not None:  # asked at every statement: without the detour below
        return scope_target(scope.key)
    target = wanted_or_none()
    if target is None:
        raise NoTenant("Keine Kommune gewählt: ohne Auftrag keine Daten.")
    return target


def wanted_or_none() -> Target | None:
    """The target for what is entered now, or None: only for what works without data."""
    scope = context.current_or_none()
    if scope is not None:
        return scope_target(scope.key)
    schema = _owner_schema.get()
    return owner_target(schema, settings.DATABASES["default"]["USER"]) if schema is not None else None


@contextmanager
def as_owner(schema: str) -> Iterator[None]:
    """Change the structure of one schema: only in the command line and the provisioning worker.

    What is entered is left meanwhile; whoever enters a scope inside works with that scope's role again.

    Raises:
        OwnerOnly: this process holds the application's login only.
    """
    if not settings.VERBUND.holds_owner_login:
        raise OwnerOnly(
            "Strukturänderungen laufen nur über die Kommandozeile oder den Bereitstellungsdienst."
        )
    token = _owner_schema.set(schema)
    try:
        with context.leave():
            yield
    finally:
        _owner_schema.reset(token)


def _check(name: str) -> None:
    if _IDENTIFIER.fullmatch(name) is None:
        raise NoTenant(f"Kein gültiger Schemaname: {name!r}")


def _statement(role: str, path: str) -> bytes:
    return f"{role}; SET search_path TO {path}; ".encode() + PROOF
