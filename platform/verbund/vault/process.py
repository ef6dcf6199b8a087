# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What this process holds of Vault: one connection, its own token, one token per municipality, caches.

A forked child starts with nothing: connections must not be shared, and a lock may have been held by a thread
that does not exist in the child.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from django.conf import settings

from verbund.kernel.context import ASSOCIATION
from verbund.vault.cache import BoundedCache
from verbund.vault.connection import Server
from verbund.vault.errors import AccessDenied
from verbund.vault.openbao import VaultAccessRules, VaultStore
from verbund.vault.store import AccessRules, SecretStore
from verbund.vault.tokens import AppRoleIdentity, MunicipalityIdentity

_KEY = re.compile(r"m_[0-9]{6,}")
_FRESH_SECONDS = 300


@dataclass(frozen=True, kw_only=True)
class Config:
    """Where Vault is and who we are there. ``stale_max_seconds``: how long keys count while it is away."""

    address: str
    credentials: Path
    stale_max_seconds: float = 900
    has_namespaces: bool = False


class Holdings:
    """The stores and caches of one process."""

    def __init__(
        self,
        *,
        own: SecretStore,
        rules: AccessRules,
        municipal: Callable[[str], SecretStore],
        stale_max_seconds: float = 900,
    ) -> None:
        self.own = own
        self.rules = rules
        self._municipal = municipal
        self._stores: dict[str, SecretStore] = {}
        # Which version of a scope's data key is current, and until when we believe that.
        self.current_versions: dict[str, tuple[int, float]] = {}
        fresh = min(_FRESH_SECONDS, stale_max_seconds / 3)
        self.data_keys: BoundedCache[bytes] = BoundedCache(fresh_for=fresh, stale_max=stale_max_seconds)
        self.secrets: BoundedCache[Mapping[str, str]] = BoundedCache(
            fresh_for=fresh, stale_max=stale_max_seconds
        )
        # The installation's own passwords also live in open connections: forgetting them protects nothing.
        self.installation_secrets: BoundedCache[Mapping[str, str]] = BoundedCache(
            fresh_for=math.inf, stale_max=math.inf
        )

    def store_of(self, key: str) -> SecretStore:
        """The store as one scope may see it: a municipality's through its own token, the association's ours.

        Raises:
            AccessDenied: that is no scope's key.
        """
        if key == ASSOCIATION.key:
            return self.own
        if _KEY.fullmatch(key) is None:
            raise AccessDenied
        store = self._stores.get(key)
        return store if store is not None else self._stores.setdefault(key, self._municipal(key))


def connect(config: Config) -> Holdings:
    """Holdings over the real server; nothing is asked yet."""
    server = Server(config.address, has_namespaces=config.has_namespaces)
    own = AppRoleIdentity(server, config.credentials)
    return Holdings(
        own=VaultStore(server, own),
        rules=VaultAccessRules(server, own),
        municipal=lambda key: VaultStore(server, MunicipalityIdentity(server, own, key)),
        stale_max_seconds=config.stale_max_seconds,
    )


_lock = Lock()
_holdings: Holdings | None = None


def holdings() -> Holdings:
    """This process's, made at first use from the settings."""
    found = _holdings
    if found is not None:
        return found
    with _lock:
        return _holdings or use(connect(_configured()))


def use(given: Holdings) -> Holdings:
    """Take these from now on: for tests, and for programs that run without Django's settings."""
    global _holdings  # noqa: PLW0603 (one per process is the point)
    _holdings = given
    return given


def forget() -> None:
    """Drop connections, tokens and every secret in memory; the next use starts anew."""
    global _holdings, _lock  # noqa: PLW0603 (a lock taken over by fork may never be released)
    _lock = Lock()
    _holdings = None


os.register_at_fork(after_in_child=forget)


def _configured() -> Config:
    environment = settings.VERBUND
    return Config(
        address=environment.vault_addr,
        credentials=environment.vault_credentials,
        stale_max_seconds=environment.secrets_stale_max_seconds,
        has_namespaces=environment.vault_namespaces == "per_municipality",
    )
