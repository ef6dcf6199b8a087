# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One contract, two stores: what holds for the twin in memory holds for the real server."""

from __future__ import annotations

import pytest

from tests.vault.bao import Bao
from verbund.vault.errors import KeyDestroyed, SecretMissing, VaultRefused
from verbund.vault.memory import MemoryStore
from verbund.vault.openbao import VaultAccessRules
from verbund.vault.store import AccessRules, SecretStore


class RootIdentity:
    """May do everything, so that the contract is about the store and not about policies."""

    key = ""

    def __init__(self, root: str) -> None:
        self._root = root

    def token(self) -> str:
        return self._root

    def drop(self, token: str) -> None:
        raise AssertionError(f"the root token is fine, length {len(token)}")


@pytest.fixture(params=["memory", "openbao"])
def store(request: pytest.FixtureRequest) -> SecretStore:
    if request.param == "memory":
        return MemoryStore()
    from verbund.vault.openbao import VaultStore

    bao: Bao = request.getfixturevalue("bao")
    return VaultStore(bao.server(), RootIdentity(bao.root))


@pytest.fixture(params=["memory", "openbao"])
def rules(request: pytest.FixtureRequest) -> AccessRules:
    if request.param == "memory":
        return MemoryStore()
    bao: Bao = request.getfixturevalue("bao")
    return VaultAccessRules(bao.server(), RootIdentity(bao.root))


class TestSecrets:
    def test_read_gives_what_was_written(self, store: SecretStore, key: str) -> None:
        store.write(f"tenants/{key}/smtp", {"user": "post", "password": "Straße 7"})

        assert store.read(f"tenants/{key}/smtp") == {"user": "post", "password": "Straße 7"}

    def test_write_replaces_all_fields(self, store: SecretStore, key: str) -> None:
        store.write(f"tenants/{key}/smtp", {"user": "post", "password": "alt"})
        store.write(f"tenants/{key}/smtp", {"password": "neu"})

        assert store.read(f"tenants/{key}/smtp") == {"password": "neu"}

    def test_read_of_nothing_is_missing(self, store: SecretStore, key: str) -> None:
        with pytest.raises(SecretMissing):
            store.read(f"tenants/{key}/nothing")

    def test_deleted_is_missing_and_may_be_deleted_again(self, store: SecretStore, key: str) -> None:
        store.write(f"tenants/{key}/smtp", {"password": "x"})
        store.delete(f"tenants/{key}/smtp")
        store.delete(f"tenants/{key}/smtp")

        with pytest.raises(SecretMissing):
            store.read(f"tenants/{key}/smtp")

    def test_names_lists_secrets_and_folders(self, store: SecretStore, key: str) -> None:
        assert store.names(f"tenants/{key}") == ()

        store.write(f"tenants/{key}/smtp", {"password": "x"})
        store.write(f"tenants/{key}/oidc/google", {"secret": "x"})

        assert store.names(f"tenants/{key}") == ("oidc/", "smtp")
        assert store.names(f"tenants/{key}/oidc") == ("google",)


class TestKeys:
    def test_create_key_twice_keeps_the_first(self, store: SecretStore, key: str) -> None:
        assert not store.has_key(key)
        store.create_key(key)
        wrapped = store.new_data_key(key)
        store.create_key(key)

        assert store.has_key(key)
        assert store.unwrap(key, wrapped.wrapped) == wrapped.secret

    def test_data_keys_are_256_bits_and_differ(self, store: SecretStore, key: str) -> None:
        store.create_key(key)
        first, second = store.new_data_key(key), store.new_data_key(key)

        assert len(first.secret) == len(second.secret) == 32
        assert first.secret != second.secret
        assert first.secret.hex() not in first.wrapped

    def test_another_key_does_not_unwrap(self, store: SecretStore, key: str, neighbour: str) -> None:
        store.create_key(key)
        store.create_key(neighbour)
        wrapped = store.new_data_key(key).wrapped

        with pytest.raises(VaultRefused):
            store.unwrap(neighbour, wrapped)

    @pytest.mark.parametrize("wrapped", ["", "vault:v1:AAAA", "vault:v7:AAAA", "nonsense"])
    def test_nonsense_does_not_unwrap(self, store: SecretStore, key: str, wrapped: str) -> None:
        store.create_key(key)

        with pytest.raises(VaultRefused):
            store.unwrap(key, wrapped)

    def test_rotation_keeps_old_readable_and_rewrap_moves_on(self, store: SecretStore, key: str) -> None:
        store.create_key(key)
        before = store.new_data_key(key)
        store.rotate_key(key)
        after = store.rewrap(key, before.wrapped)

        assert before.wrapped.startswith("vault:v1:")
        assert after.startswith("vault:v2:")
        assert store.unwrap(key, before.wrapped) == store.unwrap(key, after) == before.secret

    def test_destroyed_key_opens_nothing_any_more(self, store: SecretStore, key: str) -> None:
        store.create_key(key)
        wrapped = store.new_data_key(key).wrapped
        store.destroy_key(key)
        store.destroy_key(key)

        assert not store.has_key(key)
        for attempt in (lambda: store.unwrap(key, wrapped), lambda: store.rewrap(key, wrapped)):
            with pytest.raises(KeyDestroyed):
                attempt()

    def test_a_new_key_of_a_destroyed_ones_name_is_another(self, store: SecretStore, key: str) -> None:
        store.create_key(key)
        wrapped = store.new_data_key(key).wrapped
        store.destroy_key(key)
        store.create_key(key)

        with pytest.raises(VaultRefused):
            store.unwrap(key, wrapped)

    def test_no_data_key_without_a_key(self, store: SecretStore, key: str) -> None:
        with pytest.raises(KeyDestroyed):
            store.new_data_key(key)


class TestRules:
    def test_granted_until_withdrawn(self, rules: AccessRules, key: str) -> None:
        assert not rules.is_granted(key)
        rules.grant(key)
        rules.grant(key)
        assert rules.is_granted(key)
        rules.withdraw(key)
        rules.withdraw(key)
        assert not rules.is_granted(key)


def test_check_says_who_we_are(store: SecretStore) -> None:
    assert store.check().policies
