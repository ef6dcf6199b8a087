# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The steps of renewing a scope's keys: a new transit key version, then, if wanted, a new data key for all data.

They run in the entered scope with the provisioner's identity; each may be repeated.
"""

from __future__ import annotations

from verbund.kernel.ports import RekeyContext
from verbund.vault import reencryption, rotation
from verbund.vault.models import DataKey, Kind


def is_rotated(_step: RekeyContext) -> bool:
    return rotation.is_rotating()


def rotate(_step: RekeyContext) -> None:
    rotation.rotate_transit_key()


def is_rewrapped(_step: RekeyContext) -> bool:
    return rotation.is_rewrapped()


def rewrap(_step: RekeyContext) -> None:
    rotation.rewrap_data_keys()


def is_closed(_step: RekeyContext) -> bool:
    return rotation.is_closed()


def close(_step: RekeyContext) -> None:
    rotation.close_older_versions()


def is_renewed(_step: RekeyContext) -> bool:
    """Whether the data key is younger than the version of the transit key that this renewal began with."""
    since = rotation.transit_key_versions().newest_made_at
    return DataKey.objects.filter(kind=Kind.SEAL, retired_at=None, created_at__gt=since).exists()


def renew(step: RekeyContext) -> None:
    rotation.renew_data_key(at=step.at)


def is_reencrypted(_step: RekeyContext) -> bool:
    return reencryption.remaining() == 0


def reencrypt(step: RekeyContext) -> None:
    reencryption.reencrypt(progress=step.progress)


def undo(_step: RekeyContext) -> None:
    """Nothing: a new version is not taken back, and what it wraps is as good as before."""
