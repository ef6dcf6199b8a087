# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Nobody reads another's secrets: each identity against each place, on the real server."""

from __future__ import annotations

import pytest

from tests.vault.bao import Bao
from verbund.vault.connection import Server
from verbund.vault.errors import AccessDenied, SecretMissing
from verbund.vault.store import TokenFacts
from verbund.vault.tokens import AppRoleIdentity, MunicipalityIdentity


@pytest.fixture(scope="module", params=["policies", "namespaces"])
def bao(request: pytest.FixtureRequest, bao: Bao) -> Bao:
    """Both layouts have to hold: one namespace with policies, and one for each municipality."""
    return bao if request.param == "policies" else request.getfixturevalue("namespaced_bao")


@pytest.fixture
def two(bao: Bao, key: str, neighbour: str) -> tuple[str, str]:
    bao.admit(key)
    bao.admit(neighbour)
    return key, neighbour


def municipal_token(bao: Bao, key: str) -> str:
    server = bao.server()
    return MunicipalityIdentity(server, AppRoleIdentity(server, bao.credentials("platform")), key).token()


def approle_token(bao: Bao, role: str) -> str:
    return AppRoleIdentity(bao.server(), bao.credentials(role)).token()


def test_own_secrets_and_key_are_usable(bao: Bao, two: tuple[str, str]) -> None:
    key, _ = two
    store = bao.municipal_store(key)
    fresh = store.new_data_key(key)

    assert store.read(f"tenants/{key}/smtp") == {"password": f"geheim-{key}"}
    assert store.names(f"tenants/{key}") == ("smtp",)
    assert store.unwrap(key, fresh.wrapped) == fresh.secret
    assert store.unwrap(key, store.rewrap(key, fresh.wrapped)) == fresh.secret


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "kv/data/tenants/{other}/smtp", None),
        ("GET", "kv/data/tenants/{own}/../{other}/smtp", None),
        ("GET", "kv/data/tenants/{own}/%2e%2e/{other}/smtp", None),
        ("GET", "kv/metadata/tenants/{other}/smtp", None),
        ("LIST", "kv/metadata/tenants/{other}", None),
        ("LIST", "kv/metadata/tenants", None),
        ("LIST", "kv/metadata", None),
        ("GET", "kv/data/association/django", None),
        ("GET", "kv/data/provisioning/db", None),
        ("POST", "kv/data/tenants/{other}/smtp", {"data": {"password": "x"}}),
        ("POST", "kv/data/tenants/{own}/smtp", {"data": {"password": "x"}}),
        ("DELETE", "kv/metadata/tenants/{own}/smtp", None),
        ("POST", "transit/datakey/plaintext/{other}", {}),
        ("POST", "transit/decrypt/{other}", {"ciphertext": "vault:v1:AAAA"}),
        ("POST", "transit/rewrap/{other}", {"ciphertext": "vault:v1:AAAA"}),
        ("POST", "transit/encrypt/{other}", {"plaintext": "AAAA"}),
        ("POST", "transit/datakey/plaintext/association", {}),
        ("GET", "transit/keys/{own}", None),
        ("DELETE", "transit/keys/{own}", None),
        ("POST", "transit/keys/{own}/config", {"deletion_allowed": True}),
        ("GET", "transit/export/encryption-key/{own}", None),
        ("POST", "auth/token/create", {}),
        ("POST", "auth/token/create/{other}", {}),
        ("POST", "auth/token/create/{own}", {}),
        ("POST", "auth/token/renew-self", {}),
        ("PUT", "sys/policies/acl/{own}", {"policy": 'path "*" { capabilities = ["read"] }'}),
        ("GET", "sys/policies/acl/{own}", None),
    ],
)
def test_a_municipality_reaches_nothing_else(
    bao: Bao, two: tuple[str, str], method: str, path: str, body: object
) -> None:
    own, other = two
    answer = bao.call(method, path.format(own=own, other=other), body, token=municipal_token(bao, own))

    # Dotted paths are called wrong before anybody asks whether they are allowed.
    assert answer.status_code in ({400, 403, 404} if ".." in path or "%2e" in path else {403})
    assert "geheim" not in answer.text


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "kv/data/tenants/{own}/smtp", None),
        ("LIST", "kv/metadata/tenants/{own}", None),
        ("LIST", "kv/metadata/tenants", None),
        ("POST", "kv/data/tenants/{own}/smtp", {"data": {"password": "x"}}),
        ("GET", "kv/data/provisioning/db", None),
        ("POST", "transit/datakey/plaintext/{own}", {}),
        ("POST", "transit/decrypt/{own}", {"ciphertext": "vault:v1:AAAA"}),
        ("DELETE", "transit/keys/{own}", None),
        ("POST", "kv/data/association/django", {"data": {"secret_key": "x"}}),
        ("POST", "auth/token/create", {"policies": ["{own}"]}),
        ("PUT", "sys/policies/acl/{own}", {"policy": "x"}),
        ("POST", "auth/token/roles/{own}", {"allowed_policies": ["platform"]}),
    ],
)
def test_the_platform_reaches_nothing_of_a_municipality(
    bao: Bao, two: tuple[str, str], method: str, path: str, body: object
) -> None:
    answer = bao.call(method, path.format(own=two[0]), body, token=approle_token(bao, "platform"))

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "kv/data/tenants/{own}/smtp", None),
        ("POST", "transit/datakey/plaintext/{own}", {}),
        ("POST", "transit/decrypt/{own}", {"ciphertext": "vault:v1:AAAA"}),
        ("GET", "transit/export/encryption-key/{own}", None),
        ("GET", "transit/backup/{own}", None),
        ("POST", "auth/token/create", {"policies": ["{own}"]}),
        ("PUT", "sys/policies/acl/platform", {"policy": "x"}),
        ("PUT", "sys/policies/acl/provisioner", {"policy": "x"}),
        ("POST", "auth/approle/role/platform/secret-id", {}),
        ("DELETE", "transit/keys/association", None),
    ],
)
def test_the_provisioner_puts_secrets_in_but_does_not_read_them(
    bao: Bao, two: tuple[str, str], method: str, path: str, body: object
) -> None:
    token = approle_token(bao, "provisioner")

    assert bao.call(method, path.format(own=two[0]), body, token=token).status_code == 403


@pytest.mark.parametrize(
    "wish",
    [
        {"policies": ["default"]},
        {"policies": ["platform"]},
        {"policies": ["{other}"]},
        {"policies": ["{own}", "{other}"]},
        {"policies": ["root"]},
    ],
)
def test_a_token_role_hands_out_one_policy_only(
    bao: Bao, two: tuple[str, str], wish: dict[str, list[str]]
) -> None:
    own, other = two
    asked = {"policies": [policy.format(own=own, other=other) for policy in wish["policies"]]}
    answer = bao.call("POST", f"auth/token/create/{own}", asked, token=approle_token(bao, "platform"))

    assert answer.status_code == 400


def test_a_municipal_token_is_short_lived_orphaned_and_bound(bao: Bao, two: tuple[str, str]) -> None:
    key, _ = two
    facts = bao.municipal_store(key).check()

    assert facts == TokenFacts(
        policies=frozenset({key}),
        ttl_seconds=facts.ttl_seconds,
        explicit_max_ttl_seconds=900,
        is_renewable=False,
        is_orphan=True,
    )
    assert 890 <= facts.ttl_seconds <= 900


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"ttl": "24h"},
        {"ttl": "24h", "explicit_max_ttl": "24h"},
        {"ttl": "24h", "renewable": True},
        {"ttl": "24h", "type": "batch"},
    ],
)
def test_a_longer_life_cannot_be_asked_for(bao: Bao, two: tuple[str, str], wish: dict[str, object]) -> None:
    platform = approle_token(bao, "platform")
    answer = bao.call("POST", f"auth/token/create/{two[0]}", wish, token=platform).json()["auth"]

    assert (answer["lease_duration"], answer["renewable"], answer["orphan"]) == (900, False, True)
    assert answer["policies"] == [two[0]]


def test_a_periodic_token_cannot_be_asked_for(bao: Bao, two: tuple[str, str]) -> None:
    platform = approle_token(bao, "platform")

    answer = bao.call("POST", f"auth/token/create/{two[0]}", {"period": "24h"}, token=platform)

    assert answer.status_code == (403 if bao.has_namespaces else 400)


def test_the_store_says_denied(bao: Bao, two: tuple[str, str]) -> None:
    key, other = two
    store = bao.municipal_store(key)

    for attempt in (
        lambda: store.read(f"tenants/{other}/smtp"),
        lambda: store.names(f"tenants/{other}"),
        lambda: store.new_data_key(other),
        lambda: store.unwrap(other, "vault:v1:AAAA"),
        lambda: bao.store("platform").read(f"tenants/{key}/smtp"),
        lambda: bao.store("provisioner").read(f"tenants/{key}/smtp"),
    ):
        with pytest.raises(AccessDenied):
            attempt()


def test_nobody_gets_a_token_of_a_municipality_that_is_not_there(bao: Bao, key: str) -> None:
    with pytest.raises(AccessDenied):
        bao.municipal_store(key).read(f"tenants/{key}/smtp")


def test_withdrawing_takes_the_rights_of_tokens_that_are_out(bao: Bao, two: tuple[str, str]) -> None:
    key, _ = two
    store = bao.municipal_store(key)
    store.check()
    bao.rules().withdraw(key)

    with pytest.raises(AccessDenied):
        store.read(f"tenants/{key}/smtp")


def test_the_association_reads_its_own(bao: Bao) -> None:
    assert set(bao.store("platform").read("association/django")) == {"secret_key"}
    with pytest.raises(SecretMissing):
        bao.store("platform").read("association/nothing")


def test_an_unknown_token_is_denied(bao: Bao) -> None:
    with pytest.raises(AccessDenied):
        Server(bao.address).look_up("s.nonsense")
