# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""New keys for old: wrap data keys with the transit key's newest version, or start a new data key."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from verbund.kernel import context
from verbund.vault import keyring
from verbund.vault.models import DataKey, Kind
from verbund.vault.process import holdings


def rotate_transit_key() -> None:
    """Add a version to the entered scope's transit key: only with the provisioner's identity.

    Data keys stay wrapped with the version before until they are rewrapped.
    """
    holdings().own.rotate_key(context.current().key)


@transaction.atomic
def rewrap_data_keys() -> int:
    """Wrap all data keys of the entered scope with the newest transit key version; how many. Safe to repeat.

    The data keys themselves stay the same, so nothing that is encrypted changes and no cache goes stale.
    """
    scope = context.current().key
    store = holdings().store_of(scope)
    rows = list(DataKey.objects.select_for_update().order_by("pk"))
    for row in rows:
        row.wrapped = store.rewrap(scope, row.wrapped)
    DataKey.objects.bulk_update(rows, ["wrapped"])
    return len(rows)


def renew_data_key(*, at: datetime) -> int:
    """Encrypt with a new data key from now on; its version. What is there stays readable with its own version.

    Other processes notice within five minutes. The key of the blind index is not renewed: every index would
    have to be made again.
    """
    return keyring.add_version(Kind.SEAL, at=at).version
