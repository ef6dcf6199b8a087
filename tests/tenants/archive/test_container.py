# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""An archive opens whole or not at all, and for its receiver alone."""

from __future__ import annotations

import io
import secrets
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tenants.archive import container, receivers
from tenants.archive.container import CHUNK, Opener, Sealer
from tenants.archive.errors import BadReceiverKey, Damaged, ForeignReceiver, NoArchive

SECRET = secrets.token_bytes(32)
HEAD = {"format": 1, "key": {"kind": "x25519"}}
_LENGTH, _NONCE, _TAG = 4, 12, 16


def sealed(plain: bytes, *, secret: bytes = SECRET, head: dict[str, object] | None = None) -> bytes:
    target = io.BytesIO()
    sealer = Sealer(target, head=head or HEAD, secret=secret)
    sealer.write(plain)
    sealer.finish()
    return target.getvalue()


def opened(data: bytes, *, secret: bytes = SECRET) -> bytes:
    return Opener(io.BytesIO(data), secret=secret).readall() or b""


def chunk_bytes(size: int) -> int:
    return _LENGTH + _NONCE + size + _TAG


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_was_sealed_opens(size: int):
    plain = secrets.token_bytes(size)

    assert opened(sealed(plain)) == plain


def test_cut_at_a_chunk_the_end_is_missed():
    """The cruel case: everything before the cut is authentic."""
    data = sealed(secrets.token_bytes(2 * CHUNK + 5))
    last = chunk_bytes(5)

    with pytest.raises(Damaged):
        opened(data[:-last])


@pytest.mark.parametrize("kept", [0.999, 0.6, 0.3])
def test_cut_anywhere_the_end_is_missed(kept: float):
    data = sealed(secrets.token_bytes(2 * CHUNK))

    with pytest.raises(Damaged):
        opened(data[: int(len(data) * kept)])


def test_something_behind_the_end_is_noticed():
    with pytest.raises(Damaged):
        opened(sealed(b"abc") + sealed(b"abc"))


def test_every_changed_bit_is_noticed():
    data = sealed(b"Protokoll")
    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= 1
        with pytest.raises((Damaged, NoArchive)):
            opened(bytes(changed))


def test_chunks_do_not_change_places():
    data = sealed(secrets.token_bytes(3 * CHUNK))
    size, start = chunk_bytes(CHUNK), len(data) - 3 * chunk_bytes(CHUNK)
    first, second, third = (data[start + n * size : start + (n + 1) * size] for n in range(3))

    with pytest.raises(Damaged):
        opened(data[:start] + second + first + third)


def test_a_chunk_of_another_archive_does_not_fit():
    other = sealed(b"abc", head={"format": 1, "key": {"kind": "other"}})
    ours = sealed(b"abc")

    with pytest.raises(Damaged):
        opened(ours[: -chunk_bytes(3)] + other[-chunk_bytes(3) :])


def test_another_key_opens_nothing():
    with pytest.raises(Damaged):
        opened(sealed(b"abc"), secret=secrets.token_bytes(32))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"VERBUND-ARCHIV-2" + bytes(40), container.MAGIC])
def test_something_else_is_no_archive(tmp_path: Path, content: bytes):
    path = tmp_path / "x"
    path.write_bytes(content)

    with pytest.raises(NoArchive):
        container.read_head(path)


def test_receiver_opens_and_nobody_else():
    ours, theirs = (receivers.private_key(receivers.new_private_pem()) for _ in range(2))
    content = receivers.KeyPairReceiver(receivers.public_pem(ours)).new_content_key()

    assert receivers.open_with(content.head, ours) == content.secret
    assert content.secret.hex() not in str(content.head)
    with pytest.raises(ForeignReceiver):
        receivers.open_with(content.head, theirs)
    with pytest.raises(ForeignReceiver):  # also when somebody writes our name over it
        receivers.open_with({**content.head, "receiver": receivers.key_id(theirs.public_key())}, theirs)


@pytest.mark.parametrize(
    "pem", ["", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "ssh-rsa AAAA"]
)
def test_what_is_no_receiver_key_is_refused(pem: str):
    with pytest.raises(BadReceiverKey):
        receivers.KeyPairReceiver(pem)


def test_a_point_that_seals_nothing_is_no_receiver_key():
    zero = X25519PublicKey.from_public_bytes(bytes(32))
    pem = zero.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    with pytest.raises(BadReceiverKey):
        receivers.KeyPairReceiver(pem)
