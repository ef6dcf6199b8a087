# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How tasks find municipalities without knowing the registry's package."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from verbund.kernel import context
from verbund.kernel.context import Municipality
from verbund.kernel.errors import Unavailable
from verbund.kernel.ports import port

# Names of states of a membership: the registry's package stands above this one.
SERVING = frozenset({"ACTIVE"})
WITH_DATA = frozenset({"ACTIVE", "SUSPENDED", "LEAVING"})


class Directory(Protocol):
    """The port `MunicipalityDirectory`, offered by tenants."""

    def by_key(self, key: str, states: Collection[str]) -> Municipality | None: ...

    def in_states(self, states: Collection[str]) -> list[Municipality]: ...


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


def municipality_by_key(key: str, states: Collection[str] = SERVING) -> Municipality | None:
    """The municipality of that key when it is in one of the states, or None."""
    return directory().by_key(key, states)


def active_municipalities() -> list[Municipality]:
    """All that serve now, in the order of their numbers."""
    return directory().in_states(SERVING)


def municipalities_in(states: Collection[str]) -> list[Municipality]:
    """All in one of the states, in the order of their numbers."""
    return directory().in_states(states)
