# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The outer form of an archive: one stream, encrypted in chunks, whose end is marked. Documented in ADR 6.

    16 bytes  `VERBUND-ARCHIV-1`
    4 bytes   length of the head, big endian
    head      JSON: for whom the content key is sealed, and how
    chunks    each 4 bytes length, 12 bytes nonce, ciphertext with its tag (AES-256-GCM)

A chunk holds up to 1 MiB. It is bound (additional data) to SHA-256 of the head, its number, and whether it is the last:
a chunk that is missing, doubled, moved, of another archive, or an end that is cut off does not open. Inside is a tar file,
compressed with gzip.

Needs only `cryptography`: whoever holds the key can read an archive without the rest of this program.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import secrets
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from typing_extensions import override

from tenants.archive.errors import Damaged, NoArchive

MAGIC: Final = b"VERBUND-ARCHIV-1"
_LENGTH: Final = struct.Struct(">I")
_PLACE: Final = struct.Struct(">QB")
_NONCE: Final = 12
_TAG: Final = 16
CHUNK: Final = 1024 * 1024
_LARGEST_HEAD: Final = 64 * 1024


class Sealer(io.RawIOBase):
    """Takes plain bytes and writes them encrypted; only `finish` makes the file whole."""

    def __init__(self, target: IO[bytes], *, head: Mapping[str, Any], secret: bytes) -> None:
        super().__init__()
        raw = json.dumps(head, sort_keys=True).encode()
        target.write(MAGIC + _LENGTH.pack(len(raw)) + raw)
        self._target = target
        self._cipher = AESGCM(secret)
        self._bound_to = hashlib.sha256(raw).digest()
        self._waiting = bytearray()
        self._number = 0

    @override
    def writable(self) -> bool:
        return True

    @override
    def write(self, data: Any) -> int:
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._put(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def finish(self) -> None:
        """Write the last chunk with its mark."""
        self._put(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _put(self, plain: bytes, *, is_last: bool) -> None:
        nonce = secrets.token_bytes(_NONCE)
        sealed = self._cipher.encrypt(nonce, plain, _bound(self._bound_to, self._number, is_last=is_last))
        self._target.write(_LENGTH.pack(len(sealed)) + nonce + sealed)
        self._number += 1


class Opener(io.RawIOBase):
    """Gives the plain bytes of an archive; whoever reads to the end knows that it is whole.

    Raises, while reading:
        Damaged: a chunk does not open, or the end is missing or followed by something.
    """

    def __init__(self, source: IO[bytes], *, secret: bytes) -> None:
        super().__init__()
        raw = _raw_head(source)
        self._chunks = _chunks(source, AESGCM(secret), hashlib.sha256(raw).digest())
        self._rest = b""

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = chunk
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def read_head(path: Path) -> dict[str, Any]:
    """For whom an archive is sealed.

    Raises:
        NoArchive: it is none, or of a later format.
    """
    try:
        with path.open("rb") as source:
            head = json.loads(_raw_head(source))
    except (OSError, ValueError) as error:
        raise NoArchive from error
    if not isinstance(head, dict):
        raise NoArchive
    return head


def open_for_us_alone(path: Path, *, is_new: bool = False) -> BinaryIO:
    """Open a file for writing that nobody else on the machine may read; ``is_new``: not one that is there."""
    flags = os.O_WRONLY | os.O_CREAT | (os.O_EXCL if is_new else os.O_TRUNC)
    return os.fdopen(os.open(path, flags, 0o600), "wb")


def _raw_head(source: IO[bytes]) -> bytes:
    start = source.read(len(MAGIC) + _LENGTH.size)
    if len(start) != len(MAGIC) + _LENGTH.size or not start.startswith(MAGIC):
        raise NoArchive
    (size,) = _LENGTH.unpack(start[len(MAGIC) :])
    raw = source.read(size) if size <= _LARGEST_HEAD else b""
    if not raw or len(raw) != size:
        raise NoArchive
    return raw


def _chunks(source: IO[bytes], cipher: AESGCM, bound_to: bytes) -> Iterator[bytes]:
    number = 0
    start = source.read(_LENGTH.size)
    while True:
        if len(start) != _LENGTH.size:
            raise Damaged
        (size,) = _LENGTH.unpack(start)
        if not _TAG <= size <= CHUNK + _TAG:
            raise Damaged
        nonce, sealed = source.read(_NONCE), source.read(size)
        start = source.read(_LENGTH.size)
        is_last = not start
        if len(sealed) != size:
            raise Damaged
        try:
            plain = cipher.decrypt(nonce, sealed, _bound(bound_to, number, is_last=is_last))
        except (InvalidTag, ValueError):
            raise Damaged from None
        yield plain
        if is_last:
            return
        number += 1


def _bound(head: bytes, number: int, *, is_last: bool) -> bytes:
    return head + _PLACE.pack(number, is_last)
