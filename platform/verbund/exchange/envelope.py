# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a message is sealed: for one receiver, in one sender's name, with everything it says of itself bound to it.

The content key is sealed as in an archive (X25519, HKDF-SHA256, AES-256-GCM: ADR 6). The body is encrypted with it,
with the heading as additional data; heading and ciphertext are signed (Ed25519). So nothing of it can be changed, moved
under another id or to another receiver, or be signed by somebody else: the heading names the sender, and only who knew
the content key could bind another heading to the body. No database, no Django.
"""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tenants.archive.errors import ForeignReceiver
from tenants.archive.receivers import KeyPairReceiver, open_with
from verbund.exchange.errors import Refused

_NONCE: Final = 12
_FORMAT: Final = "verbund.exchange.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands outside on a message."""

    id: UUID
    sender: int
    receiver: int
    kind: str
    in_reply_to: UUID | None
    sent_at: datetime
    expires_at: datetime

    @property
    def bound(self) -> bytes:
        """The heading as it is bound to the body and signed: one way to write it."""
        return json.dumps(
            {
                "format": _FORMAT,
                "id": str(self.id),
                "sender": self.sender,
                "receiver": self.receiver,
                "kind": self.kind,
                "in_reply_to": str(self.in_reply_to or ""),
                "sent_at": self.sent_at.timestamp(),
                "expires_at": self.expires_at.timestamp(),
            },
            sort_keys=True,
        ).encode()


@dataclass(frozen=True, slots=True)
class Sealed:
    """What lies with the association."""

    contents: bytes
    signature: bytes


def seal(body: bytes, heading: Heading, *, for_public_pem: str, by_private_pem: str) -> Sealed:
    """Seal for whoever holds the private part of one key, in the name of who holds the other."""
    key = KeyPairReceiver(for_public_pem).new_content_key()
    nonce = secrets.token_bytes(_NONCE)
    ciphertext = AESGCM(key.secret).encrypt(nonce, body, heading.bound)
    contents = json.dumps({"head": dict(key.head), "nonce": _text(nonce), "body": _text(ciphertext)}).encode()
    return Sealed(contents, _signing_key(by_private_pem).sign(_signed(heading, contents)))


def receiver_key(contents: bytes) -> str:
    """Which key pair opens it.

    Raises:
        Refused: nothing that was sealed here.
    """
    return str(_read(contents)["head"].get("receiver", ""))


def check_signature(sealed: Sealed, heading: Heading, *, by_public_pem: str) -> None:
    """Whether that sender has written it, as it stands.

    Raises:
        Refused: somebody else has, or something was changed.
    """
    key = serialization.load_pem_public_key(by_public_pem.encode())
    try:
        if not isinstance(key, Ed25519PublicKey):
            raise Refused("sender")
        key.verify(sealed.signature, _signed(heading, sealed.contents))
    except InvalidSignature:
        raise Refused("sender") from None


def unseal(sealed: Sealed, heading: Heading, *, private: X25519PrivateKey) -> bytes:
    """The body.

    Raises:
        Refused: it is sealed for another, or belongs to another heading.
    """
    parts = _read(sealed.contents)
    try:
        secret = open_with(parts["head"], private)
        return AESGCM(secret).decrypt(_bytes(parts["nonce"]), _bytes(parts["body"]), heading.bound)
    except (ForeignReceiver, InvalidTag, ValueError, KeyError, TypeError):
        raise Refused("sealed") from None


def new_signing_pem() -> str:
    """A fresh private key to sign with."""
    return (
        Ed25519PrivateKey.generate()
        .private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        .decode()
    )


def public_signing_pem(private_pem: str) -> str:
    """The public part."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return _signing_key(private_pem).public_key().public_bytes(serialization.Encoding.PEM, form).decode()


def _signing_key(pem: str) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("not a key to sign with")
    return key


def _signed(heading: Heading, contents: bytes) -> bytes:
    bound = heading.bound
    return len(bound).to_bytes(4, "big") + bound + contents


def _read(contents: bytes) -> dict[str, Any]:
    try:
        parts = json.loads(contents)
    except ValueError:
        raise Refused("sealed") from None
    if not isinstance(parts, dict) or not isinstance(parts.get("head"), dict):
        raise Refused("sealed")
    return parts


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
