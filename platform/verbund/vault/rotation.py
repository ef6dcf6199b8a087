# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""New keys for old: wrap data keys with the transit key's newest version, or start a new data key.

Where a rotation stands is never written down: it shows in the versions themselves, so whoever goes on after a
crash, on whatever machine, does what is left.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from verbund.kernel import context
from verbund.vault import keyring
from verbund.vault.errors import RewrapIncomplete
from verbund.vault.models import DataKey, Kind
from verbund.vault.process import holdings
from verbund.vault.store import KeyVersions


def transit_key_versions() -> KeyVersions:
    """Of the entered scope's transit key: only with the provisioner's identity."""
    return holdings().own.key_versions(context.current().key)


def rotate_transit_key() -> None:
    """Add a version to the entered scope's transit key: only with the provisioner's identity.

    Data keys stay wrapped with the version before until they are rewrapped.
    """
    holdings().own.rotate_key(context.current().key)


def is_rotating() -> bool:
    """Whether a rotation has begun and is not finished: something old is in use, or still allowed."""
    versions = transit_key_versions()
    return versions.oldest_usable < versions.newest or not _are_wrapped_with(versions.newest)


def is_rewrapped() -> bool:
    """Whether every data key of the entered scope is wrapped with the newest version."""
    return _are_wrapped_with(transit_key_versions().newest)


@transaction.atomic
def rewrap_data_keys() -> int:
    """Wrap all data keys of the entered scope with the newest transit key version; how many. Safe to repeat.

    The data keys themselves stay the same, so nothing that is encrypted changes and no cache goes stale. One
    that is being made just now, wrapped with the version before, is waited for.
    """
    scope = context.current().key
    store = holdings().store_of(scope)
    rows = _locked_rows()
    for row in rows:
        row.wrapped = store.rewrap(scope, row.wrapped)
    DataKey.objects.bulk_update(rows, ["wrapped"])
    return len(rows)


def is_closed() -> bool:
    """Whether only the newest version of the transit key opens anything."""
    versions = transit_key_versions()
    return versions.oldest_usable == versions.newest


@transaction.atomic
def close_older_versions() -> None:
    """Refuse what older versions wrapped, after every data key was opened with the newest: it has to be.

    Only with the provisioner's identity. Whoever puts an older copy of the database back has to allow the older
    versions again before (docs/operations/secrets.md).

    Raises:
        RewrapIncomplete: a data key is still wrapped with an older version; nothing is refused.
    """
    scope = context.current().key
    newest = transit_key_versions().newest
    store = holdings().store_of(scope)
    for row in _locked_rows():
        if _version(row.wrapped) != newest:
            raise RewrapIncomplete
        store.unwrap(scope, row.wrapped)
    holdings().own.refuse_older(scope, newest)


def renew_data_key(*, at: datetime) -> int:
    """Encrypt with a new data key from now on; its version. What is there stays readable with its own version.

    Other processes notice within five minutes. The key of the blind index is not renewed: every index would
    have to be made again.
    """
    return keyring.add_version(Kind.SEAL, at=at).version


def _locked_rows() -> list[DataKey]:
    """All data keys, none being made or changed beside us until the transaction ends."""
    for kind in Kind:
        keyring.wait_for_turn(context.current().key, kind)
    return list(DataKey.objects.select_for_update().order_by("pk"))


def _are_wrapped_with(version: int) -> bool:
    return all(_version(wrapped) == version for wrapped in DataKey.objects.values_list("wrapped", flat=True))


def _version(wrapped: str) -> int:
    """Of a wrapped key, which reads `vault:v3:…`."""
    return int(wrapped.split(":")[1].removeprefix("v"))
