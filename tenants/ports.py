# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the registry offers to packages below it."""

from __future__ import annotations

from collections.abc import Collection

from tenants import directory
from verbund.kernel.context import Municipality


class RegistryDirectory:
    """The port `MunicipalityDirectory`."""

    def by_key(self, key: str, states: Collection[str]) -> Municipality | None:
        return directory.by_key(key, states)

    def in_states(self, states: Collection[str]) -> list[Municipality]:
        return directory.in_states(states)


municipality_directory = RegistryDirectory()
