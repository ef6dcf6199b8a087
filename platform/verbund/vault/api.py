# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other packages use of the vault."""

from __future__ import annotations

from verbund.kernel import context
from verbund.vault import envelope, keyring
from verbund.vault.envelope import normalised
from verbund.vault.models import Kind
from verbund.vault.process import forget, holdings
from verbund.vault.references import resolve
from verbund.vault.store import SecretStore

__all__ = ["blind_index", "forget", "normalised", "reseal", "resolve", "seal", "secret_store", "unseal"]


def seal(text: str, *, purpose: str) -> bytes:
    """Encrypt a text for the entered scope.

    ``purpose`` names the field (`app.model.field`) and is needed again to open it. The first seal in a scope
    writes its data key, in the caller's transaction.

    Raises:
        NoContext: nothing is entered.
        VaultUnavailable: Vault is away and the key is not (any more) in memory.
    """
    key = keyring.current_key(Kind.SEAL)
    return envelope.encrypt(
        text, secret=key.secret, version=key.version, key=context.current().bound_to, purpose=purpose
    )


def unseal(data: bytes, *, purpose: str) -> str:
    """Open what `seal` made in the same scope for the same purpose.

    Raises:
        Unreadable: it was changed, or belongs to another field or scope.
        KeyDestroyed: the scope's transit key is gone.
        VaultUnavailable: Vault is away and the key is not (any more) in memory.
    """
    key = keyring.key_of_version(Kind.SEAL, envelope.version_of(data))
    return envelope.decrypt(data, secret=key.secret, key=context.current().bound_to, purpose=purpose)


def reseal(data: bytes, *, purpose: str) -> bytes | None:
    """The same text sealed with the newest data key this process knows; None where it is already.

    Raises what `unseal` raises.
    """
    if envelope.version_of(data) >= keyring.current_key(Kind.SEAL).version:
        return None
    return seal(unseal(data, purpose=purpose), purpose=purpose)


def blind_index(text: str, *, purpose: str) -> bytes:
    """32 bytes to find an encrypted value by equality, keyed per scope; another scope's differ.

    Before that the text is normalised: NFKC, without outer white space, case folded; so `Ada@Example.org ` and
    `ada@example.org` are one.
    """
    return envelope.fingerprint(text, secret=keyring.current_key(Kind.INDEX).secret, purpose=purpose)


def secret_store() -> SecretStore:
    """Secrets of the entered scope: with the municipality's own short-lived token, or with ours for the association.

    Raises:
        NoContext: nothing is entered.
    """
    return holdings().store_of(context.current().key)
