# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The steps of a departure that belong to Vault: first nobody may read, then there is nothing to read with."""

from __future__ import annotations

from typing import Final

from verbund.kernel.ports import StepContext
from verbund.vault.errors import KeyDestroyed
from verbund.vault.process import holdings
from verbund.vault.provision import delete_below

PLACES: Final = (
    "Schlüssel im Geheimnisspeicher",
    "Rechte im Geheimnisspeicher",
    "Zugangsdaten im Geheimnisspeicher",
)


def access_is_withdrawn(step: StepContext) -> bool:
    return not holdings().rules.is_known(step.municipality.key)


def withdraw_access(step: StepContext) -> None:
    """Tokens that are out lose every right at once."""
    holdings().rules.withdraw(step.municipality.key)


def secrets_are_deleted(step: StepContext) -> bool:
    return holdings().own.names(f"tenants/{step.municipality.key}") == ()


def delete_secrets(step: StepContext) -> None:
    delete_below(f"tenants/{step.municipality.key}")


def key_is_destroyed(step: StepContext) -> bool:
    return not holdings().own.has_key(step.municipality.key)


def destroy_key(step: StepContext) -> None:
    """From here on nothing that is encrypted can be read, in no copy; processes at work forget within their bounded time.

    Backups of Vault that still hold the key must be as short-lived as the deletion was promised to be.
    """
    key, held = step.municipality.key, holdings()
    held.own.destroy_key(key)
    held.rules.clear(key)


def never(_step: StepContext) -> None:
    """The `undo` of these steps.

    Raises:
        KeyDestroyed: always; what a key protected is gone with it.
    """
    raise KeyDestroyed


def leftovers(key: str) -> dict[str, int]:
    """What Vault still holds of a municipality, by place."""
    held = holdings()
    counts = (
        int(held.own.has_key(key)),
        int(held.rules.is_known(key)),
        len(held.own.names(f"tenants/{key}")),
    )
    return dict(zip(PLACES, counts, strict=True))
