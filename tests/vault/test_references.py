# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""References: what they may look like, what they resolve to, and that they keep their secret."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.utils.functional import lazystr

from verbund.kernel import context
from verbund.kernel.context import Municipality, NoContext
from verbund.vault import process
from verbund.vault.errors import AccessDenied, SecretMissing, VaultSealed
from verbund.vault.memory import MemoryStore
from verbund.vault.process import Holdings
from verbund.vault.readiness import check_ready
from verbund.vault.references import BadReference, Reference, resolve, resolve_lazily

HEIDEBLICK = Municipality(number=42, slug="heideblick", name="Heideblick", kind="gemeinde")


@pytest.fixture
def store() -> Iterator[MemoryStore]:
    made = MemoryStore()
    made.write("association/db", {"app_password": "geheim"})
    made.write("tenants/m_000042/smtp", {"password": "post"})
    made.write("tenants/m_000043/smtp", {"password": "fremd"})
    made.calls.clear()
    process.use(Holdings(own=made, rules=made, municipal=lambda _key: made))
    yield made
    process.forget()


def test_parse() -> None:
    assert Reference.parse("vault:association/oidc/google#client_secret") == Reference(
        "association", "oidc/google", "client_secret"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "geheim",
        "vault:association/db",
        "vault:association#x",
        "vault:tenants/m_000042/smtp#password",
        "vault:association/../tenants/m_000042/smtp#password",
        "vault:association//db#x",
        "vault:association/db#x#y",
        "Vault:association/db#x",
        "vault:association/db#x\n",
        "vault:municipality/%2e%2e/x#y",
    ],
)
def test_what_is_no_reference_is_refused_without_repeating_it(store: MemoryStore, text: str) -> None:
    for attempt in (resolve, resolve_lazily, Reference.parse):
        with pytest.raises(BadReference) as caught:
            attempt(text)
        assert not text or text not in str(caught.value)


def test_resolves_once(store: MemoryStore) -> None:
    assert [resolve("vault:association/db#app_password") for _ in range(3)] == ["geheim"] * 3
    assert store.calls == ["read"]


def test_refresh_brings_a_rotated_secret(store: MemoryStore) -> None:
    resolve("vault:association/db#app_password")
    store.write("association/db", {"app_password": "neu"})

    assert resolve("vault:association/db#app_password") == "geheim"
    assert resolve("vault:association/db#app_password", refresh=True) == "neu"
    assert resolve("vault:association/db#app_password") == "neu"


def test_missing_field_and_missing_secret(store: MemoryStore) -> None:
    for reference in ("vault:association/db#nothing", "vault:association/nothing#x"):
        with pytest.raises(SecretMissing):
            resolve(reference)


def test_municipality_is_the_entered_one(store: MemoryStore) -> None:
    with context.enter(HEIDEBLICK):
        assert resolve("vault:municipality/smtp#password") == "post"


def test_municipality_needs_one(store: MemoryStore) -> None:
    with pytest.raises(NoContext):
        resolve("vault:municipality/smtp#password")
    with context.enter_association(), pytest.raises(NoContext):
        resolve("vault:municipality/smtp#password")


def test_lazy_reference_asks_when_used_and_shows_nothing(store: MemoryStore) -> None:
    lazy = resolve_lazily("vault:association/db#app_password")

    assert "geheim" not in repr(lazy)
    assert store.calls == []
    assert str(lazystr(lazy)) == "geheim"


def test_readiness_fails_with_the_store(store: MemoryStore) -> None:
    check_ready()
    store.is_sealed = True

    with pytest.raises(VaultSealed):
        check_ready()


def test_a_store_is_given_for_scopes_only(store: MemoryStore) -> None:
    for key in ("", "m_42", "platform", "m_000042/x", "*"):
        with pytest.raises(AccessDenied):
            process.holdings().store_of(key)


def test_holdings_come_from_the_settings(settings, tmp_path) -> None:
    process.forget()
    settings.VERBUND = SimpleNamespace(
        vault_addr="http://127.0.0.1:9",
        vault_credentials=tmp_path / "x",
        vault_namespaces="off",
        secrets_stale_max_seconds=60,
    )

    assert process.holdings() is process.holdings()
    assert process.holdings().data_keys.fresh_for == 20
    process.forget()
