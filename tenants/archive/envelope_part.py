# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The key envelope of an archive: data keys in clear and credentials, readable for the receiver alone."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import connection

from tenants.archive.errors import Damaged
from tenants.database.targets import as_owner
from verbund.kernel.context import Municipality
from verbund.vault.models import DataKey, Kind
from verbund.vault.process import holdings
from verbund.vault.store import SecretStore

_PATH: Final = re.compile(r"[a-z0-9_-]+(?:/[a-z0-9_-]+)*")
_SECRET: Final = 32


def open_keys(municipality: Municipality) -> list[dict[str, Any]]:
    """The data keys of the entered municipality, unwrapped with its own token."""
    store = holdings().store_of(municipality.key)
    return [
        {
            "id": row.pk,
            "kind": row.kind,
            "version": row.version,
            "created_at": row.created_at.isoformat(),
            "retired_at": row.retired_at.isoformat() if row.retired_at else None,
            "secret": base64.b64encode(store.unwrap(municipality.key, row.wrapped)).decode(),
        }
        for row in DataKey.objects.order_by("pk")
    ]


def wrapped_again(municipality: Municipality, keys: Any) -> list[DataKey]:
    """The same data keys, wrapped with the transit key of the municipality they are restored for.

    Raises:
        Damaged: they are no data keys.
    """
    store = holdings().store_of(municipality.key)
    try:
        opened = [(key, base64.b64decode(key["secret"], validate=True)) for key in keys]
        if any(len(secret) != _SECRET or key["kind"] not in Kind.values for key, secret in opened):
            raise Damaged
        return [
            DataKey(
                pk=int(key["id"]),
                kind=str(key["kind"]),
                version=int(key["version"]),
                wrapped=store.wrap(municipality.key, secret),
                created_at=datetime.fromisoformat(key["created_at"]),
                retired_at=datetime.fromisoformat(key["retired_at"]) if key["retired_at"] else None,
            )
            for key, secret in opened
        ]
    except (KeyError, TypeError, ValueError):
        raise Damaged from None


def put_keys(schema: str, rows: list[DataKey]) -> None:
    """Replace the data keys of a schema, in the transaction at work. Only the owner may."""
    with as_owner(schema):
        DataKey.objects.all().delete()
        DataKey.objects.bulk_create(rows)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('vault_datakey', 'id'), %s)",
                [max((row.pk for row in rows), default=1)],
            )


def secrets(municipality: Municipality) -> dict[str, Mapping[str, str]]:
    """Its credentials by their path below its own: SMTP, OIDC client, and what modules keep there."""
    store, root = holdings().store_of(municipality.key), f"tenants/{municipality.key}"
    return {path: dict(store.read(f"{root}/{path}")) for path in _paths(store, root, "")}


def put_secrets(municipality: Municipality, found: Any) -> None:
    """Write credentials below its own path, with the provisioner's identity.

    Raises:
        Damaged: a path leads elsewhere.
    """
    store = holdings().own
    if not isinstance(found, dict):
        raise Damaged
    for path, values in found.items():
        if _PATH.fullmatch(path) is None or not isinstance(values, dict):
            raise Damaged
        store.write(
            f"tenants/{municipality.key}/{path}", {str(name): str(value) for name, value in values.items()}
        )


def applied_migrations() -> list[list[str]]:
    """What the entered schema's structure is made of."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        return [[app, name] for app, name in cursor.fetchall()]


def _paths(store: SecretStore, root: str, below: str) -> Iterator[str]:
    for name in store.names(f"{root}/{below}".rstrip("/")):
        path = f"{below}{name}"
        if name.endswith("/"):
            yield from _paths(store, root, path)
        else:
            yield path
