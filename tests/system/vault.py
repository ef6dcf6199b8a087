# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""OpenBao of the running demo, asked directly: as an AppRole, as a municipality, or with a token that was found."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

import requests

from tests.system.demo import Demo

DENIED = 403


class Vault:
    """One token at work."""

    def __init__(self, address: str, token: str) -> None:
        self.address = address
        self.token = token

    @classmethod
    def sign_in(cls, demo: Demo, role: str) -> Vault:
        """As `platform` or `provisioner`, with the file of the installation."""
        credentials = json.loads((demo.data / "credentials" / f"{role}.json").read_text())
        address = demo.access["vault_addr"]
        answer = requests.post(f"{address}/v1/auth/approle/login", json=credentials, timeout=5)
        answer.raise_for_status()
        return cls(address, answer.json()["auth"]["client_token"])

    def as_municipality(self, key: str) -> Vault:
        """With a token taken through the municipality's token role."""
        answer = self.call("POST", f"auth/token/create/{key}", {"ttl": "60s"})
        answer.raise_for_status()
        return Vault(self.address, answer.json()["auth"]["client_token"])

    def call(self, method: str, path: str, body: object = None) -> requests.Response:
        return requests.request(
            method,
            f"{self.address}/v1/{path}",
            json=body,
            headers={"X-Vault-Token": self.token},
            timeout=5,
        )

    def status(self, method: str, path: str, body: object = None) -> int:
        return self.call(method, path, body).status_code

    def write(self, path: str, secret: dict[str, str]) -> None:
        self.call("POST", f"kv/data/{path}", {"data": secret}).raise_for_status()

    def read(self, path: str) -> dict[str, str]:
        answer = self.call("GET", f"kv/data/{path}")
        answer.raise_for_status()
        return answer.json()["data"]["data"]

    def facts(self) -> dict[str, Any] | None:
        """What the server knows of the token; None: it is no token (any more)."""
        answer = self.call("GET", "auth/token/lookup-self")
        return answer.json()["data"] if answer.ok else None


def all_secrets(demo: Demo) -> dict[str, str]:
    """Every secret of the installation by a name that may be shown: OpenBao's, its doors', the demo's logins."""
    provisioner = Vault.sign_in(demo, "provisioner")
    found = {"a token": provisioner.token}
    for path in ("association/db", "association/django", "association/valkey", "provisioning/db"):
        found |= {f"{path}#{name}": value for name, value in provisioner.read(path).items()}
    for role in ("platform", "provisioner"):
        parts = json.loads((demo.data / "credentials" / f"{role}.json").read_text())
        found[f"secret id of {role}"] = parts["secret_id"]
    seal = (demo.data / "openbao" / "seal.key").read_bytes()
    found |= {"seal key in hex": seal.hex(), "seal key in base64": base64.b64encode(seal).decode()}
    return found | dict(_logins(demo))


def _logins(demo: Demo) -> Iterator[tuple[str, str]]:
    for place in (demo.access["association"], *demo.access["municipalities"]):
        yield f"API token of {place['url']}", place["api_token"]
        for account in place["accounts"]:
            yield f"password of {account['email']}", account["password"]
