# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a value is encrypted with a data key: AES-256-GCM, bound to municipality, purpose and key version.

    1 byte   format, 1
    4 bytes  version of the data key, big endian
    12 bytes nonce, random
    rest     ciphertext with the tag of 16 bytes

The additional authenticated data is ``key|purpose|version``: a ciphertext copied into another field, another
municipality or under another version does not open.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import struct
import unicodedata
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from verbund.vault.errors import Unreadable

FORMAT: Final = 1
_HEAD: Final = struct.Struct(">BI")
_NONCE: Final = 12
_TAG: Final = 16
_PURPOSE: Final = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)*")


def encrypt(text: str, *, secret: bytes, version: int, key: str, purpose: str) -> bytes:
    """Seal a text with a data key of 32 bytes."""
    nonce = secrets.token_bytes(_NONCE)
    body = AESGCM(secret).encrypt(nonce, text.encode(), _bound_to(key, purpose, version))
    return _HEAD.pack(FORMAT, version) + nonce + body


def version_of(data: bytes) -> int:
    """Which version of the data key sealed this.

    Raises:
        Unreadable: it is nothing we sealed.
    """
    if len(data) < _HEAD.size + _NONCE + _TAG or data[0] != FORMAT:
        raise Unreadable
    version: int = _HEAD.unpack_from(data)[1]
    return version


def decrypt(data: bytes, *, secret: bytes, key: str, purpose: str) -> str:
    """Open what `encrypt` sealed for the same key and purpose.

    Raises:
        Unreadable: it was changed or moved, or sealed with another key.
    """
    version = version_of(data)
    nonce, body = data[_HEAD.size : _HEAD.size + _NONCE], data[_HEAD.size + _NONCE :]
    try:
        return AESGCM(secret).decrypt(nonce, body, _bound_to(key, purpose, version)).decode()
    except (InvalidTag, UnicodeDecodeError):
        raise Unreadable from None


def fingerprint(text: str, *, secret: bytes, purpose: str) -> bytes:
    """32 bytes that are equal for equal normalised texts of one purpose, and say nothing without the key."""
    message = f"{_checked(purpose)}|{normalised(text)}".encode()
    return hmac.new(secret, message, hashlib.sha256).digest()


def normalised(text: str) -> str:
    """What counts as equal when searching: outer white space, case and Unicode composition do not matter."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).strip().casefold())


def _bound_to(key: str, purpose: str, version: int) -> bytes:
    return f"{key}|{_checked(purpose)}|{version}".encode()


def _checked(purpose: str) -> str:
    # The separator must not occur in it, or two different bindings could read the same.
    if _PURPOSE.fullmatch(purpose) is None:
        raise ValueError("a purpose is dotted lower case: app.model.field")
    return purpose
