# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Identifiers: UUIDs ordered by time, and secrets for links."""

from __future__ import annotations

import hashlib
import os
import secrets
import time
import uuid


def uuid7() -> uuid.UUID:
    """A UUID version 7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, the rest random."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & ((1 << 48) - 1)) << 80 | 0x7 << 76 | ((random >> 62) & 0xFFF) << 64
    value |= 0b10 << 62 | (random & ((1 << 62) - 1))
    return uuid.UUID(int=value)


def link_secret() -> str:
    """A secret for a one-time link: 256 bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def hash_of_secret(secret: str) -> str:
    """SHA-256 in hex: what is kept of a link's secret, so that whoever reads the table can open nothing.

    Without salt or cost: a secret of 256 bits is not guessed.
    """
    return hashlib.sha256(secret.encode()).hexdigest()
