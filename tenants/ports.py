# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the registry offers to packages below it."""

from __future__ import annotations

from tenants import directory
from verbund.kernel.context import Municipality


class RegistryDirectory:
    """The port `MunicipalityDirectory`."""

    def by_key(self, key: str) -> Municipality | None:
        return directory.by_key(key)

    def active(self) -> list[Municipality]:
        return directory.active()


municipality_directory = RegistryDirectory()
