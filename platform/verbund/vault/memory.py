# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The secret store's twin in memory, for unit tests: same answers, no server, no policies."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from verbund.kernel import clock
from verbund.vault.errors import KeyDestroyed, SecretMissing, VaultRefused, VaultSealed
from verbund.vault.store import KeyVersions, NewDataKey, TokenFacts

_NONCE = 12


class MemoryStore:
    """`SecretStore` and `AccessRules` without a server. ``is_sealed`` makes every method fail as a sealed one does."""

    def __init__(self) -> None:
        self.is_sealed = False
        self.calls: list[str] = []
        self._secrets: dict[str, dict[str, str]] = {}
        self._keys: dict[str, list[bytes]] = {}
        self._rotated_at: dict[str, datetime] = {}
        self._oldest: dict[str, int] = {}
        self._granted: set[str] = set()

    def _answer(self, operation: str) -> None:
        self.calls.append(operation)
        if self.is_sealed:
            raise VaultSealed

    def read(self, path: str) -> Mapping[str, str]:
        self._answer("read")
        try:
            return dict(self._secrets[path])
        except KeyError:
            raise SecretMissing from None

    def write(self, path: str, values: Mapping[str, str]) -> None:
        self._answer("write")
        self._secrets[path] = dict(values)

    def delete(self, path: str) -> None:
        self._answer("delete")
        self._secrets.pop(path, None)

    def names(self, path: str) -> tuple[str, ...]:
        self._answer("list")
        prefix = f"{path}/"
        below = {name.removeprefix(prefix) for name in self._secrets if name.startswith(prefix)}
        return tuple(sorted(f"{name.split('/')[0]}/" if "/" in name else name for name in below))

    def create_key(self, name: str) -> None:
        self._answer("create_key")
        self._keys.setdefault(name, [secrets.token_bytes(32)])

    def has_key(self, name: str) -> bool:
        self._answer("read_key")
        return name in self._keys

    def new_data_key(self, name: str) -> NewDataKey:
        self._answer("data_key")
        secret = secrets.token_bytes(32)
        return NewDataKey(secret, self._wrap(name, secret))

    def unwrap(self, name: str, wrapped: str) -> bytes:
        self._answer("unwrap")
        return self._open(name, wrapped)

    def wrap(self, name: str, secret: bytes) -> str:
        self._answer("wrap")
        return self._wrap(name, secret)

    def rotate_key(self, name: str) -> None:
        self._answer("rotate_key")
        self._versions(name).append(secrets.token_bytes(32))
        self._rotated_at[name] = clock.now()

    def key_versions(self, name: str) -> KeyVersions:
        self._answer("read_key")
        if name not in self._keys:
            raise SecretMissing
        made_at = self._rotated_at.get(name, datetime.min.replace(tzinfo=UTC))
        return KeyVersions(len(self._keys[name]), self._oldest.get(name, 1), made_at)

    def refuse_older(self, name: str, version: int) -> None:
        self._answer("configure_key")
        if not 1 <= version <= len(self._versions(name)):
            raise VaultRefused
        self._oldest[name] = version

    def rewrap(self, name: str, wrapped: str) -> str:
        self._answer("rewrap")
        return self._wrap(name, self._open(name, wrapped))

    def destroy_key(self, name: str) -> None:
        self._answer("destroy_key")
        self._keys.pop(name, None)
        self._oldest.pop(name, None)

    def check(self) -> TokenFacts:
        self._answer("lookup")
        return TokenFacts(frozenset({"memory"}), 900, 900, is_renewable=False, is_orphan=True)

    def says_healthy(self) -> bool:
        return not self.is_sealed

    def grant(self, key: str) -> None:
        self._answer("write_policy")
        self._granted.add(key)

    def is_granted(self, key: str) -> bool:
        self._answer("read_policy")
        return key in self._granted

    def clear(self, key: str) -> None:
        self._answer("clear")
        self._granted.discard(key)

    def is_known(self, key: str) -> bool:
        return self.is_granted(key)

    def withdraw(self, key: str) -> None:
        self._answer("delete_policy")
        self._granted.discard(key)

    def _versions(self, name: str) -> list[bytes]:
        try:
            return self._keys[name]
        except KeyError:
            raise KeyDestroyed from None

    def _wrap(self, name: str, secret: bytes) -> str:
        versions = self._versions(name)
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + AESGCM(versions[-1]).encrypt(nonce, secret, None)
        return f"vault:v{len(versions)}:{sealed.hex()}"

    def _open(self, name: str, wrapped: str) -> bytes:
        versions = self._versions(name)
        try:
            _, version, body = wrapped.split(":")
            sealed = bytes.fromhex(body)
            number = int(version.removeprefix("v"))
            if number < self._oldest.get(name, 1):
                raise VaultRefused
            key = versions[number - 1]
            return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
        except (ValueError, IndexError, InvalidTag):
            raise VaultRefused from None
