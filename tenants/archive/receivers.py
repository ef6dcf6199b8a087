# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""For whom an archive is sealed: the holder of a key pair, or this installation for as long as a transit key lives.

A key pair (X25519) is the way to another installation, to the municipality itself and into a safe. An archive sealed with
the municipality's own transit key (the nightly backup) becomes unreadable in the moment that key is destroyed.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tenants.archive.errors import BadReceiverKey, ForeignReceiver
from verbund.vault.errors import AccessDenied, KeyDestroyed, SecretMissing, VaultRefused
from verbund.vault.process import holdings

# Below `provisioning`, not `association`: the web server's policy does not reach it, so it cannot open archives.
PRIVATE_KEY_PATH: Final = "provisioning/archive_receiver"
_FIELD: Final = "private_pem"
_INFO: Final = b"verbund.archive.1"
_KEY: Final = 32
_NONCE: Final = bytes(12)


@dataclass(frozen=True, slots=True)
class ContentKey:
    """The key of one archive, and how the head says it to the receiver."""

    secret: bytes = field(repr=False)
    head: Mapping[str, Any]


class Receiver(Protocol):
    """Somebody an archive can be sealed for."""

    def new_content_key(self) -> ContentKey: ...


class KeyPairReceiver:
    """Whoever holds the private part of this public key."""

    def __init__(self, pem: str) -> None:
        """Take a public key.

        Raises:
            BadReceiverKey: it is none.
        """
        try:
            key = serialization.load_pem_public_key(pem.strip().encode())
        except (ValueError, UnsupportedAlgorithm):
            raise BadReceiverKey from None
        if not isinstance(key, X25519PublicKey):
            raise BadReceiverKey
        try:
            X25519PrivateKey.generate().exchange(key)
        except ValueError:  # a point of low order: everybody could open what is sealed for it
            raise BadReceiverKey from None
        self._key = key
        self.id = key_id(key)

    def new_content_key(self) -> ContentKey:
        """Seal a fresh key: X25519 with a key pair of the moment, HKDF-SHA256, AES-256-GCM."""
        secret, moment = secrets.token_bytes(_KEY), X25519PrivateKey.generate()
        ours = _raw(moment.public_key())
        wrapping = _derived(moment.exchange(self._key), ours, _raw(self._key))
        # The wrapping key is used once, so a fixed nonce is right.
        sealed = AESGCM(wrapping).encrypt(_NONCE, secret, None)
        return ContentKey(
            secret, {"kind": "x25519", "receiver": self.id, "public": _text(ours), "sealed": _text(sealed)}
        )


class TransitReceiver:
    """This installation, as long as the municipality's transit key exists."""

    def __init__(self, key: str) -> None:
        self._key = key

    def new_content_key(self) -> ContentKey:
        made = holdings().store_of(self._key).new_data_key(self._key)
        return ContentKey(made.secret, {"kind": "transit", "receiver": self._key, "sealed": made.wrapped})


def open_with(head: Mapping[str, Any], private: X25519PrivateKey) -> bytes:
    """The content key, with the private key of the receiver.

    Raises:
        ForeignReceiver: it is sealed for another.
    """
    public = private.public_key()
    if head.get("kind") != "x25519" or head.get("receiver") != key_id(public):
        raise ForeignReceiver
    try:
        theirs, sealed = _bytes(head["public"]), _bytes(head["sealed"])
        wrapping = _derived(private.exchange(X25519PublicKey.from_public_bytes(theirs)), theirs, _raw(public))
        return AESGCM(wrapping).decrypt(_NONCE, sealed, None)
    except (KeyError, ValueError, TypeError, InvalidTag):
        raise ForeignReceiver from None


def open_here(head: Mapping[str, Any]) -> bytes:
    """The content key of an archive that was sealed for this installation.

    Raises:
        ForeignReceiver: it is sealed for another, or its transit key was destroyed.
        VaultUnavailable: Vault is away.
    """
    if head.get("kind") != "transit":
        return open_with(head, _own_key())
    try:
        key = str(head["receiver"])
        return holdings().store_of(key).unwrap(key, str(head["sealed"]))
    except (KeyError, KeyDestroyed, VaultRefused, AccessDenied):
        raise ForeignReceiver from None


def own_receiver() -> KeyPairReceiver:
    """This installation's own; its key pair is made at first need."""
    return KeyPairReceiver(own_public_pem())


def own_public_pem() -> str:
    """What another installation seals archives for us with."""
    return public_pem(_own_key(may_make=True))


def new_private_pem() -> str:
    """A fresh private key, for a receiver without an installation."""
    return _private_pem(X25519PrivateKey.generate())


def public_pem(private: X25519PrivateKey) -> str:
    """The public part as PEM."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return private.public_key().public_bytes(serialization.Encoding.PEM, form).decode()


def private_key(pem: str) -> X25519PrivateKey:
    """Read a private key.

    Raises:
        BadReceiverKey: it is none of ours.
    """
    try:
        key = serialization.load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError):
        raise BadReceiverKey from None
    if not isinstance(key, X25519PrivateKey):
        raise BadReceiverKey
    return key


def key_id(public: X25519PublicKey) -> str:
    """16 hexadecimal digits to recognise a key by."""
    return hashlib.sha256(_raw(public)).hexdigest()[:16]


def _own_key(*, may_make: bool = False) -> X25519PrivateKey:
    store = holdings().own
    try:
        return private_key(store.read(PRIVATE_KEY_PATH)[_FIELD])
    except SecretMissing:
        if not may_make:
            raise ForeignReceiver from None
    pem = new_private_pem()
    store.write(PRIVATE_KEY_PATH, {_FIELD: pem})
    # Whoever wrote last at the same moment is right: read what counts now.
    return private_key(store.read(PRIVATE_KEY_PATH)[_FIELD])


def _private_pem(key: X25519PrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def _derived(shared: bytes, theirs: bytes, receiver: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=_KEY, salt=theirs + receiver, info=_INFO).derive(shared)


def _raw(public: X25519PublicKey) -> bytes:
    return public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
