# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Settings hold references to secrets (`vault:association/db#app_password`), never secrets; here they resolve."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from typing_extensions import override

from verbund.kernel import context
from verbund.vault.cache import Source
from verbund.vault.errors import SecretMissing
from verbund.vault.process import holdings

_REFERENCE = re.compile(
    r"vault:(?P<owner>association|provisioning|municipality)/(?P<path>[a-z0-9_-]+(?:/[a-z0-9_-]+)*)#(?P<field>[a-z0-9_]+)"
)


class BadReference(ValueError):
    """A text is no reference. Its content is not repeated: somebody may have put a secret there."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Where one secret value lies. Owner `municipality` is the one that is entered."""

    owner: str
    path: str
    field: str

    @classmethod
    def parse(cls, text: str) -> Reference:
        """Read `vault:<owner>/<path>#<field>`.

        Raises:
            BadReference: it is something else.
        """
        found = _REFERENCE.fullmatch(text)
        if found is None:
            raise BadReference("Kein Verweis der Form vault:<Bereich>/<Pfad>#<Feld>.")
        return cls(found["owner"], found["path"], found["field"])

    @override
    def __str__(self) -> str:
        return f"vault:{self.owner}/{self.path}#{self.field}"

    def values(self) -> Mapping[str, str]:
        """Every field that lies there, from memory where it was asked for before; raises what `resolve` raises."""
        return _values(self, refresh=False)


@dataclass(frozen=True, slots=True)
class LazySecret:
    """A reference that resolves when it is made a string; its repr shows the reference only."""

    reference: str

    @override
    def __str__(self) -> str:
        return resolve(self.reference)


def resolve(reference: str, *, refresh: bool = False) -> str:
    """The secret a reference names, from memory where it was asked for before.

    ``refresh`` asks Vault again: for use after the secret was refused somewhere, because it was rotated.
    The installation's own secrets stay in memory, a municipality's for the bounded time of its keys.

    Raises:
        BadReference: the text is none.
        SecretMissing: nothing is there.
        NoContext: a municipality's secret was asked for, but none is entered.
        VaultUnavailable: Vault is away and memory has nothing (any more).
    """
    wanted = Reference.parse(reference)
    try:
        return _values(wanted, refresh=refresh)[wanted.field]
    except KeyError:
        raise SecretMissing from None


def read_again(reference: str) -> Mapping[str, str]:
    """Every field that lies where a reference points, asked of Vault now; raises what `resolve` raises."""
    return _values(Reference.parse(reference), refresh=True)


def _values(wanted: Reference, *, refresh: bool) -> Mapping[str, str]:
    held = holdings()
    if wanted.owner == "municipality":
        key = context.current_municipality().key
        path, cache, store = f"tenants/{key}/{wanted.path}", held.secrets, held.store_of(key)
    else:
        path, cache, store = f"{wanted.owner}/{wanted.path}", held.installation_secrets, held.own
    if refresh:
        cache.forget(path)
    return cache.get(path, lambda: Source(lambda: store.read(path)))


def resolve_lazily(reference: str) -> LazySecret:
    """A stand-in for settings: asks Vault when it is first used as a string, not when settings are read.

    Raises:
        BadReference: the text is none; so a mistake in the settings stops the start.
    """
    Reference.parse(reference)
    return LazySecret(reference)
