# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What we ask of a secret store, whoever it is: Vault or OpenBao in earnest, a twin in memory for unit tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class NewDataKey:
    """A fresh key of 256 bits: to use now, and wrapped by the transit key, to keep."""

    secret: bytes = field(repr=False)
    wrapped: str


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """What the server says of the token at work: never the token itself.

    ``request_id`` names the question, in every audit device that works.
    """

    policies: frozenset[str]
    ttl_seconds: int
    explicit_max_ttl_seconds: int
    is_renewable: bool
    is_orphan: bool
    request_id: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class KeyVersions:
    """Versions of a transit key: the newest, the oldest that still opens anything, and when the newest was made."""

    newest: int
    oldest_usable: int
    newest_made_at: datetime


class SecretStore(Protocol):
    """Secrets under paths (`tenants/m_000042/smtp`) and transit keys under names (`m_000042`).

    Every method may raise VaultUnavailable or its subclass VaultSealed, within three seconds, and AccessDenied.
    """

    def read(self, path: str) -> Mapping[str, str]:
        """All fields of one secret.

        Raises:
            SecretMissing: there is none, or it was deleted.
        """
        ...

    def write(self, path: str, values: Mapping[str, str]) -> None:
        """Replace all fields of one secret."""
        ...

    def delete(self, path: str) -> None:
        """Remove a secret with all its earlier versions; what is not there stays so."""
        ...

    def names(self, path: str) -> tuple[str, ...]:
        """What lies directly under a path, folders with a slash at the end; nothing gives an empty tuple."""
        ...

    def create_key(self, name: str) -> None:
        """Make an AES-256-GCM key that cannot be exported or deleted; one that exists is left as it is."""
        ...

    def has_key(self, name: str) -> bool: ...

    def new_data_key(self, name: str) -> NewDataKey:
        """Make a data key wrapped by the named key.

        Raises:
            KeyDestroyed: there is no such key.
        """
        ...

    def unwrap(self, name: str, wrapped: str) -> bytes:
        """The data key again.

        Raises:
            KeyDestroyed: the key is gone.
            VaultRefused: the named key did not wrap this, or not in a version that still counts.
        """
        ...

    def wrap(self, name: str, secret: bytes) -> str:
        """Wrap a data key that came from elsewhere.

        Raises:
            KeyDestroyed: there is no such key.
        """
        ...

    def rotate_key(self, name: str) -> None:
        """Add a version; what older versions wrapped can still be unwrapped."""
        ...

    def key_versions(self, name: str) -> KeyVersions:
        """Raises SecretMissing when there is no such key."""
        ...

    def refuse_older(self, name: str, version: int) -> None:
        """From now on what versions before that one wrapped is refused. An operator can take it back."""
        ...

    def rewrap(self, name: str, wrapped: str) -> str:
        """Wrap the same data key with the newest version, without showing it to us."""
        ...

    def destroy_key(self, name: str) -> None:
        """Allow the deletion and delete: everything it ever wrapped is lost. One that is gone stays so."""
        ...

    def check(self) -> TokenFacts:
        """Ask the server about our token: the only proof that it really works (its health page is not)."""
        ...

    def says_healthy(self) -> bool:
        """What the health page says: also true while no audit device can be written and everything is refused."""
        ...


class AccessRules(Protocol):
    """Who may read what: the provisioner's business."""

    def grant(self, key: str) -> None:
        """Write a municipality's policy and the token role that hands out tokens with it."""
        ...

    def is_granted(self, key: str) -> bool:
        """Whether policy and token role are there exactly as we would write them."""
        ...

    def clear(self, key: str) -> None:
        """Remove the municipality's namespace with all that is left in it; nothing where there are none."""
        ...

    def is_known(self, key: str) -> bool:
        """Whether there is a policy or a token role of it, whatever they say."""
        ...

    def withdraw(self, key: str) -> None:
        """Delete both; tokens that are out lose every right at once."""
        ...
