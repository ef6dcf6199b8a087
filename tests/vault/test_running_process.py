# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a running web process really holds: its tokens, tried one by one, and nothing that changes structures."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import requests

from tests.harness import databases
from tests.harness.services import Services
from tests.vault.running import memory_of, send_feedback, tokens_in, web_server
from verbund.kernel.context import Municipality
from verbund.vault.connection import Server
from verbund.vault.openbao import VaultStore
from verbund.vault.tokens import AppRoleIdentity

pytestmark = pytest.mark.slow
NAME = "smtp_probe"


@pytest.fixture
def provisioner(services: Services) -> Iterator[VaultStore]:
    with closing(Server(services.cli["VERBUND_VAULT_ADDR"])) as server:
        credentials = Path(services.cli["VERBUND_VAULT_CREDENTIALS"])
        yield VaultStore(server, AppRoleIdentity(server, credentials))


@pytest.fixture
def database(services: Services) -> Iterator[str]:
    name = f"verbund_vault_{os.getpid()}"
    databases.copy(services, databases.ensure_template(services), name)
    yield name
    databases.drop(services, name)


class Prober:
    """Tries tokens against the server without any of our code between."""

    def __init__(self, address: str) -> None:
        self._address = address

    def policies(self, token: str) -> frozenset[str] | None:
        answer = self._get("auth/token/lookup-self", token)
        return frozenset(answer.json()["data"]["policies"]) if answer.ok else None

    def readable(self, token: str, members: list[Municipality]) -> set[str]:
        """Whose secrets and whose data keys the token opens."""
        reached = {m.key for m in members if self._get(f"kv/data/tenants/{m.key}/{NAME}", token).ok}
        return reached | {
            m.key for m in members if self._post(f"transit/datakey/plaintext/{m.key}", token).ok
        }

    def _get(self, path: str, token: str) -> requests.Response:
        return requests.get(f"{self._address}/v1/{path}", headers={"X-Vault-Token": token}, timeout=5)

    def _post(self, path: str, token: str) -> requests.Response:
        return requests.post(f"{self._address}/v1/{path}", headers={"X-Vault-Token": token}, timeout=5)


def test_no_token_of_a_running_web_process_reads_two_municipalities(
    services: Services,
    database: str,
    provisioner: VaultStore,
    heideblick: Municipality,
    luckau: Municipality,
) -> None:
    members = [heideblick, luckau]
    for member in members:
        provisioner.write(f"tenants/{member.key}/{NAME}", {"password": "x"})
    prober = Prober(services.web["VERBUND_VAULT_ADDR"])
    with web_server(services, database) as (port, processes):
        for member in members:
            answer = send_feedback(port, member.hosts[0], f"Barriere in {member.name}")
            assert answer.status_code == 302, answer.text
        held = {token for pid in processes for token in tokens_in(pid)}
        living = {token: policies for token in held if (policies := prober.policies(token)) is not None}
        reached = {token: prober.readable(token, members) for token in living}

    assert set(living.values()) >= {
        frozenset({"platform"}),
        frozenset({heideblick.key}),
        frozenset({luckau.key}),
    }
    for token, policies in living.items():
        assert reached[token] == {policy for policy in policies if policy != "platform"}
        assert len(policies) == 1


def test_a_running_web_process_holds_nothing_that_changes_structures(
    services: Services, database: str, provisioner: VaultStore, heideblick: Municipality
) -> None:
    credentials = json.loads(Path(services.cli["VERBUND_VAULT_CREDENTIALS"]).read_text())
    owner = provisioner.read("provisioning/db")["owner_password"].encode()
    own = provisioner.read("association/db")["app_password"].encode()
    foreign = [owner, credentials["secret_id"].encode(), credentials["role_id"].encode()]
    with web_server(services, database) as (port, processes):
        assert send_feedback(port, heideblick.hosts[0], "Barriere").status_code == 302
        visible = b"".join(
            Path(f"/proc/{pid}/{name}").read_bytes() for pid in processes for name in ("environ", "cmdline")
        )
        memory = [region for pid in processes for region in memory_of(pid)]

    assert any(own in region for region in memory)  # so the search finds what is there
    assert not [secret for secret in foreign if any(secret in region for region in memory)]
    assert not [secret for secret in (own, *foreign) if secret in visible]
