# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How tasks find municipalities without knowing the registry's package."""

from __future__ import annotations

from typing import Protocol

from verbund.kernel import context
from verbund.kernel.context import Municipality
from verbund.kernel.errors import Unavailable
from verbund.kernel.ports import port


class Directory(Protocol):
    """The port `MunicipalityDirectory`, offered by tenants."""

    def by_key(self, key: str) -> Municipality | None: ...

    def active(self) -> list[Municipality]: ...


def directory() -> Directory:
    """The registry's look-up.

    Raises:
        Unavailable: no package offers it.
    """
    with context.enter_association():
        found = port("MunicipalityDirectory")
    if found is None:
        raise Unavailable
    return found  # type: ignore[return-value]  # the spec names an object of that protocol


def municipality_by_key(key: str) -> Municipality | None:
    """The active municipality of that key, or None."""
    return directory().by_key(key)


def active_municipalities() -> list[Municipality]:
    """All that serve now, in the order of their numbers."""
    return directory().active()
