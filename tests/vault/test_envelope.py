# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The layout of what is encrypted, and what it is bound to."""

from __future__ import annotations

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbund.vault import envelope
from verbund.vault.errors import Unreadable

SECRET = bytes(range(32))
PURPOSE = "defects.reporter.email"


def sealed(text: str = "Ada", **changes: object) -> bytes:
    values = {"secret": SECRET, "version": 3, "key": "m_000042", "purpose": PURPOSE, **changes}
    return envelope.encrypt(text, **values)


def opened(data: bytes, **changes: object) -> str:
    values = {"secret": SECRET, "key": "m_000042", "purpose": PURPOSE, **changes}
    return envelope.decrypt(data, **values)


@given(text=st.text(), version=st.integers(1, 2**32 - 1), secret=st.binary(min_size=32, max_size=32))
def test_opens_what_was_sealed(text: str, version: int, secret: bytes) -> None:
    data = sealed(text, version=version, secret=secret)

    assert opened(data, secret=secret) == text
    assert envelope.version_of(data) == version
    assert len(data) == 1 + 4 + 12 + len(text.encode()) + 16


def test_layout_is_as_documented() -> None:
    data = sealed()

    assert data[:5] == bytes([1, 0, 0, 0, 3])


def test_equal_texts_differ() -> None:
    assert len({sealed() for _ in range(50)}) == 50


@pytest.mark.parametrize(
    "moved",
    [
        {"key": "m_000043"},
        {"key": "association"},
        {"purpose": "defects.reporter.phone"},
        {"secret": bytes(32)},
    ],
)
def test_moved_elsewhere_it_does_not_open(moved: dict[str, object]) -> None:
    with pytest.raises(Unreadable) as caught:
        opened(sealed(), **moved)

    assert caught.value.__cause__ is None


def test_under_another_version_it_does_not_open() -> None:
    data = sealed()

    with pytest.raises(Unreadable):
        opened(bytes([1, 0, 0, 0, 4]) + data[5:])


@given(position=st.integers(0, 35), change=st.integers(1, 255))
def test_a_changed_byte_is_noticed(position: int, change: int) -> None:
    data = bytearray(sealed())
    data[position] ^= change

    with pytest.raises(Unreadable):
        opened(bytes(data))


@pytest.mark.parametrize("data", [b"", b"\x01", b"\x02" + bytes(60), b"Ada Lovelace", bytes(60)])
def test_nonsense_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        opened(data)


@pytest.mark.parametrize("purpose", ["", "a|b", "a b", "A.b", "a..b", ".a", "m_000042|a"])
def test_a_purpose_cannot_imitate_the_separator(purpose: str) -> None:
    with pytest.raises(ValueError, match="purpose"):
        sealed(purpose=purpose)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Ada@Example.org ", "ada@example.org"),
        ("\tADA@EXAMPLE.ORG\n", "ada@example.org"),
        ("Straße", "STRASSE"),
        ("Mu\u0308ller", "Müller"),
        ("ａｄａ", "ada"),
    ],
)
def test_fingerprint_is_equal_for_what_people_call_equal(text: str, other: str) -> None:
    assert envelope.fingerprint(text, secret=SECRET, purpose=PURPOSE) == envelope.fingerprint(
        other, secret=SECRET, purpose=PURPOSE
    )


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert envelope.normalised(envelope.normalised(text)) == envelope.normalised(text)


def test_fingerprint_depends_on_key_and_purpose() -> None:
    texts = {
        envelope.fingerprint("ada", secret=secret, purpose=purpose)
        for secret in (SECRET, secrets.token_bytes(32))
        for purpose in (PURPOSE, "accounts.person.email")
    }

    assert len(texts) == 4
    assert {len(text) for text in texts} == {32}
