# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A passkey in software: answers WebAuthn's challenges like a device that has seen a finger."""

from __future__ import annotations

import json
import secrets
import struct
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

_PRESENT_AND_VERIFIED = 0b101
_NEW_CREDENTIAL = 0b1000000


class SoftKey:
    """One credential for one site; ``origin`` is where the browser would be."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.site = origin.split("//")[1].split(":", maxsplit=1)[0]
        self.id = secrets.token_bytes(16)
        self._key = ec.generate_private_key(ec.SECP256R1())

    def register(self, options: dict[str, Any]) -> str:
        """What the browser posts after `navigator.credentials.create`."""
        public = ES256.from_cryptography_key(self._key.public_key())  # type: ignore[no-untyped-call]  # the library's
        credential = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cbor.encode(public)
        data = self._data(_PRESENT_AND_VERIFIED | _NEW_CREDENTIAL) + credential
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options["publicKey"]["challenge"])
        response = {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(attestation),
        }
        return self._posted(response, clientExtensionResults={"credProps": {"rk": True}})

    def answer(self, options: dict[str, Any], *, user_handle: bytes) -> str:
        """What the browser posts after `navigator.credentials.get`."""
        client = self._client("webauthn.get", options["publicKey"]["challenge"])
        data = self._data(_PRESENT_AND_VERIFIED)
        signature = self._key.sign(data + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": websafe_encode(user_handle),
        }
        return self._posted(response, clientExtensionResults={})

    def _data(self, flags: int) -> bytes:
        return sha256(self.site.encode()).digest() + struct.pack(">BI", flags, 1)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps(
            {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        ).encode()

    def _posted(self, response: dict[str, str], **more: Any) -> str:
        identifier = websafe_encode(self.id)
        return json.dumps(
            {"id": identifier, "rawId": identifier, "type": "public-key", "response": response, **more}
        )
