# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tokens that live for seconds, on the real server and clock, under threads: no call ever meets a dead one."""

from __future__ import annotations

import json
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.vault.bao import Bao
from verbund.kernel.errors import DomainError
from verbund.vault.connection import Server
from verbund.vault.openbao import VaultStore
from verbund.vault.policies import token_role
from verbund.vault.store import SecretStore
from verbund.vault.tokens import AppRoleIdentity, MunicipalityIdentity

pytestmark = pytest.mark.slow
OWN_SECONDS, OWN_MOST_SECONDS, MUNICIPAL_SECONDS = 2, 5, 2
LOAD_SECONDS, THREADS = 8.0, 4


class CountingServer(Server):
    """The real server, counting what is asked of it."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.asked: Counter[str] = Counter()

    def ask(self, operation, path, call, *, token):
        self.asked[operation] += 1
        return super().ask(operation, path, call, token=token)


def short_credentials(bao: Bao, folder: Path) -> Path:
    """An AppRole like the platform's whose tokens live two seconds, renewed or not five at most."""
    role = "auth/approle/role/brief"
    lives = {"token_ttl": f"{OWN_SECONDS}s", "token_max_ttl": f"{OWN_MOST_SECONDS}s"}
    bao.call(
        "POST", role, {"token_policies": ["platform"], "token_no_default_policy": True, **lives}
    ).raise_for_status()
    file = folder / "brief.json"
    file.write_text(
        json.dumps(
            {
                "role_id": bao.call("GET", f"{role}/role-id").json()["data"]["role_id"],
                "secret_id": bao.call("POST", f"{role}/secret-id").json()["data"]["secret_id"],
            }
        )
    )
    return file


def test_no_call_fails_across_expiry_and_maximum(bao: Bao, key: str, tmp_path: Path) -> None:
    bao.admit(key)
    role = token_role(key) | {"token_explicit_max_ttl": MUNICIPAL_SECONDS}
    bao.call("POST", f"auth/token/roles/{key}", role).raise_for_status()
    server = CountingServer(bao.address)
    own = AppRoleIdentity(server, short_credentials(bao, tmp_path))
    municipality = MunicipalityIdentity(server, own, key)
    until = time.monotonic() + LOAD_SECONDS
    seen: set[str] = set()

    def work(store: SecretStore, path: str) -> tuple[int, list[str]]:
        calls, failures = 0, []
        while time.monotonic() < until:
            try:
                store.read(path)
            except DomainError as error:
                failures.append(error.code)
            calls += 1
            seen.update((own.token(), municipality.token()))
            time.sleep(0.02)
        return calls, failures

    jobs = [
        (VaultStore(server, own), "association/django"),
        (VaultStore(server, municipality), f"tenants/{key}/smtp"),
    ] * (THREADS // 2)
    with ThreadPoolExecutor(THREADS) as pool:
        results = [future.result() for future in [pool.submit(work, *job) for job in jobs]]

    assert [failure for _calls, failures in results for failure in failures] == []
    assert min(calls for calls, _failures in results) > 20
    # Our own was renewed within its maximum and replaced at it; the municipality's was taken anew each time.
    assert server.asked["renew"] >= 3
    assert server.asked["login"] >= 2
    assert server.asked["take_token"] >= LOAD_SECONDS / MUNICIPAL_SECONDS - 1
    # Renewed in time, so that nearly no call had to find out that its token was dead.
    assert server.asked["lookup"] <= 2
    assert len(seen) == server.asked["login"] + server.asked["take_token"]
