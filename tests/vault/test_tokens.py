# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tokens: taken once, renewed in use, replaced when dead, never shared between municipalities."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.vault.bao import Bao
from verbund.vault.connection import Grant, Server
from verbund.vault.errors import CredentialsRefused, VaultSealed
from verbund.vault.openbao import VaultStore
from verbund.vault.tokens import AppRoleIdentity, MunicipalityIdentity


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class CountingServer(Server):
    """The real server, counting what is asked of it."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.asked: list[str] = []

    def ask(self, operation, path, call, *, token):
        self.asked.append(operation)
        return super().ask(operation, path, call, token=token)


@pytest.fixture
def server(bao: Bao) -> CountingServer:
    return CountingServer(bao.address)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def platform(bao: Bao, server: Server, clock: Clock) -> AppRoleIdentity:
    return AppRoleIdentity(server, bao.credentials("platform"), clock=clock)


def test_one_sign_in_serves_many_calls(server: CountingServer, platform: AppRoleIdentity) -> None:
    tokens = {platform.token() for _ in range(5)}

    assert len(tokens) == 1
    assert server.asked == ["login"]


def test_own_token_is_renewed_in_use_after_two_thirds(
    server: CountingServer, platform: AppRoleIdentity, clock: Clock
) -> None:
    first = platform.token()
    clock.now += 590
    assert platform.token() == first
    clock.now += 20

    assert platform.token() == first
    assert server.asked == ["login", "renew"]


def test_own_token_is_replaced_after_its_end(
    server: CountingServer, platform: AppRoleIdentity, clock: Clock
) -> None:
    first = platform.token()
    clock.now += 900

    assert platform.token() != first
    assert server.asked == ["login", "login"]


def test_own_token_near_its_maximum_is_replaced(
    bao: Bao, server: CountingServer, clock: Clock, tmp_path: Path
) -> None:
    bao.call(
        "POST",
        "auth/approle/role/short",
        {"token_policies": ["platform"], "token_ttl": "60s", "token_max_ttl": "61s"},
    )
    role_id = bao.call("GET", "auth/approle/role/short/role-id").json()["data"]["role_id"]
    secret_id = bao.call("POST", "auth/approle/role/short/secret-id").json()["data"]["secret_id"]
    file = tmp_path / "short.json"
    file.write_text(json.dumps({"role_id": role_id, "secret_id": secret_id}))

    class ShortRenewal(CountingServer):
        def renew(self, token: str) -> Grant:
            granted = super().renew(token)
            return Grant(granted.token, 5, granted.is_renewable)

    short = ShortRenewal(bao.address)
    identity = AppRoleIdentity(short, file, clock=clock)
    first = identity.token()
    clock.now += 45

    assert identity.token() != first
    assert short.asked == ["login", "renew", "login"]


def test_a_revoked_token_is_replaced_unnoticed(
    bao: Bao, server: CountingServer, platform: AppRoleIdentity
) -> None:
    store = VaultStore(server, platform)
    store.read("association/django")
    bao.call("POST", "auth/token/revoke", {"token": platform.token()}).raise_for_status()

    assert set(store.read("association/django")) == {"secret_key"}
    assert server.asked == ["login", "read", "read", "lookup", "login", "read"]


def test_a_revoked_own_token_does_not_keep_municipalities_out(
    bao: Bao, server: CountingServer, platform: AppRoleIdentity, key: str
) -> None:
    bao.admit(key)
    bao.call("POST", "auth/token/revoke", {"token": platform.token()}).raise_for_status()
    store = VaultStore(server, MunicipalityIdentity(server, platform, key))

    assert store.read(f"tenants/{key}/smtp") == {"password": f"geheim-{key}"}


def test_a_municipal_token_is_dropped_before_its_end(
    bao: Bao, server: CountingServer, platform: AppRoleIdentity, clock: Clock, key: str
) -> None:
    bao.admit(key)
    identity = MunicipalityIdentity(server, platform, key, clock=clock)
    first = identity.token()
    clock.now += 800
    assert identity.token() == first
    clock.now += 20

    assert identity.token() != first
    assert "renew" not in server.asked[2:-1]


def test_threads_share_one_sign_in_and_one_token_each(
    bao: Bao, server: CountingServer, platform: AppRoleIdentity, key: str, neighbour: str
) -> None:
    bao.admit(key)
    bao.admit(neighbour)
    identities = [MunicipalityIdentity(server, platform, name) for name in (key, neighbour)]
    with ThreadPoolExecutor(8) as pool:
        tokens = list(pool.map(lambda index: identities[index % 2].token(), range(40)))

    assert len(set(tokens)) == 2
    assert sorted(server.asked) == ["login", "take_token", "take_token"]


def test_no_thread_is_left(platform: AppRoleIdentity) -> None:
    before = threading.active_count()
    platform.token()

    assert threading.active_count() == before


def test_a_sealed_server_does_not_cost_a_token_that_still_counts(own_bao: Bao, clock: Clock) -> None:
    platform = AppRoleIdentity(own_bao.server(), own_bao.credentials("platform"), clock=clock)
    first = platform.token()
    own_bao.seal()
    clock.now += 700

    assert platform.token() == first
    clock.now += 200
    with pytest.raises(VaultSealed):
        platform.token()


@pytest.mark.parametrize(
    "content", [None, "", "{}", '{"role_id": "x"}', '{"role_id": "x", "secret_id": "geheim-falsch"}', "[1]"]
)
def test_bad_credentials_are_refused_without_repeating_them(
    server: CountingServer,
    tmp_path: Path,
    content: str | None,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "role.json"
    if content is not None:
        file.write_text(content)

    with pytest.raises(CredentialsRefused) as caught:
        AppRoleIdentity(server, file).token()

    assert caught.value.__context__ is None
    assert "geheim" not in caplog.text + "".join(capsys.readouterr()) + str(caught.value)
