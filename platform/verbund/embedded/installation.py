# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""All services of one data folder together, with the secrets they share settled in OpenBao."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Literal, Self

import psycopg

from verbund.embedded import ports
from verbund.embedded.errors import EmbeddedError, explain, explain_os
from verbund.embedded.locks import FolderLock
from verbund.embedded.mailsink import MailSink
from verbund.embedded.openbao import OpenBaoServer
from verbund.embedded.postgres import PostgresServer
from verbund.embedded.postgres_roles import DATABASE
from verbund.embedded.valkey import ValkeyServer
from verbund.embedded.vault_client import VaultRefusedError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from verbund.embedded.process import Child

Role = Literal["web", "worker", "provisioning", "cli"]
_APPROLES: Final = {
    "web": "platform",
    "worker": "platform",
    "provisioning": "provisioner",
    "cli": "provisioner",
}
_OWN: Final = ("credentials", "openbao", "valkey", "mail", "logs", "run")


class Installation:
    """PostgreSQL, OpenBao, Valkey and the mail sink of a data folder.

    ``port`` is the demanded port of the public web server; without it every port is a free one.
    Without ``fsync`` the database may be lost with the machine: for tests.
    """

    def __init__(
        self, data: Path, *, port: int | None = None, fsync: bool = True, mode: str = "demo"
    ) -> None:
        """Describe the installation; nothing is made or started yet."""
        self.data = data.absolute()
        self.logs = self.data / "logs"
        self.ports: dict[str, int] = {}
        self._port = port
        self._fsync = fsync
        self._mode = mode
        self._lock = FolderLock(self.data / "lock")
        self._services: _Services | None = None

    @property
    def postgres(self) -> PostgresServer:
        """The database server."""
        return self._started.postgres

    @property
    def openbao(self) -> OpenBaoServer:
        """The secrets server."""
        return self._started.openbao

    @property
    def valkey(self) -> ValkeyServer:
        """The broker and cache."""
        return self._started.valkey

    @property
    def mail(self) -> MailSink:
        """The mail sink."""
        return self._started.mail

    @property
    def _started(self) -> _Services:
        if self._services is None:
            raise EmbeddedError("Die Dienste sind noch nicht gestartet.")
        return self._services

    def start(self) -> None:
        """Start all services and settle their secrets; returns when all are ready.

        Safe to repeat after a start or a process was killed at any moment.

        Raises:
            EmbeddedError: a service cannot start, or the folder is in use; nothing is left running.
        """
        if self._services and self._services.are_running():
            return
        try:
            self._make_folder()
            self._lock.acquire()
        except OSError as error:
            raise explain_os(error) from error
        try:
            self._start()
        except BaseException as error:
            self.stop()
            match error:
                case OSError():
                    raise explain_os(error) from error
                case psycopg.Error() | VaultRefusedError():
                    raise _explain_refusal(error) from error
            raise

    def _start(self) -> None:
        if self._services is None:
            # First, as a leftover would sit on the remembered ports.
            self._make_services(dict.fromkeys(ports.NAMES, 0)).end_leftovers()
            self.ports = ports.choose(self.data / "ports.json", public=self._port)
            self._services = self._make_services(self.ports)
        services = self._services
        # Each gets going before the first is waited for; OpenBao takes longest.
        services.openbao.start()
        services.mail.start()
        services.postgres.start()
        services.openbao.wait_ready()
        services.postgres.wait_ready()
        self._settle_secrets(services)
        services.mail.wait_ready()
        services.valkey.wait_ready()

    def _settle_secrets(self, services: _Services) -> None:
        """Give each service the password that is in OpenBao; what is missing there is made.

        A new password goes to the service before it goes to OpenBao: a start that is killed in
        between is repeated with yet another one, and never leaves one that does not fit.
        """
        with services.openbao.client("provisioner") as vault:
            app = vault.read("association/db")
            owner = vault.read("provisioning/db")
            valkey = vault.read("association/valkey")
            django = vault.read("association/django")
            new_app = app or {"app_password": secrets.token_urlsafe(32)}
            new_owner = owner or {"owner_password": secrets.token_urlsafe(32)}
            new_valkey = valkey or {"password": secrets.token_urlsafe(32)}
            services.valkey.password = new_valkey["password"]
            services.valkey.start()
            # One whose change was interrupted has a next one beside it: that goes on being changed later.
            services.postgres.prepare(
                app_password=new_app["app_password"], owner_password=new_owner["owner_password"]
            )
            for path, old, new in (
                ("association/db", app, new_app),
                ("provisioning/db", owner, new_owner),
                ("association/valkey", valkey, new_valkey),
                ("association/django", django, django or {"secret_key": secrets.token_urlsafe(48)}),
            ):
                if old != new:
                    vault.write(path, new)

    def environment(self, role: Role) -> dict[str, str]:
        """Give the VERBUND_* variables for a process of this role; no secret is among them.

        Also for an installation that another process runs.

        Raises:
            EmbeddedError: it has never been started.
        """
        numbers = self.ports or ports.remembered(self.data / "ports.json")
        if not numbers:
            raise EmbeddedError(
                f"In {self.data} wurde noch nichts gestartet.", remedy=f"DATA={self.data} make demo"
            )
        services = self._services or self._make_services(numbers)
        return {
            "VERBUND_DATA": str(self.data),
            "VERBUND_MODE": self._mode,
            "VERBUND_ROLE": role,
            "VERBUND_DB_HOST": ports.HOST,
            "VERBUND_DB_PORT": str(services.postgres.port),
            "VERBUND_DB_NAME": DATABASE,
            "VERBUND_VAULT_ADDR": services.openbao.address,
            "VERBUND_VAULT_CREDENTIALS": str(services.openbao.credentials_of(_APPROLES[role])),
            "VERBUND_VAULT_AUDIT_FILES": json.dumps([str(file) for file in services.openbao.audit_files]),
            "VERBUND_VALKEY_URL": services.valkey.url,
            "VERBUND_SMTP_HOST": ports.HOST,
            "VERBUND_SMTP_PORT": str(services.mail.smtp_port),
            "VERBUND_BASE_DOMAIN": "localhost",
            "VERBUND_PUBLIC_PORT": str(numbers["public"]),
            "VERBUND_METRICS_PORT": str(numbers["metrics"]),
        }

    def children(self) -> dict[str, Child]:
        """Give the services' processes by name."""
        return self._services.children() if self._services else {}

    def restart(self, name: str) -> None:
        """Start one service again after its process died; returns when it is ready.

        Raises:
            EmbeddedError: it does not come up.
        """
        services = self._started
        service = services.by_name()[name]
        service.start()
        service.wait_ready()

    def stop(self) -> None:
        """Stop all services, together; their data stay."""
        if self._services:
            for child in self._services.children().values():
                child.ask_to_stop()
            for service in self._services.by_name().values():
                service.stop()
            self._services = None
        self._lock.release()

    def remove(self) -> None:
        """Stop everything and delete all data for good, also what lies outside of the data folder.

        Raises:
            EmbeddedError: the folder is in use by another process.
        """
        self.stop()
        if not self.data.exists():
            return
        self._lock.acquire()
        provisional = self._make_services(dict.fromkeys(ports.NAMES, 0))
        provisional.end_leftovers()
        provisional.postgres.remove()
        for name in _OWN:
            shutil.rmtree(self.data / name, ignore_errors=True)
        for name in ("ports.json", "lock"):
            (self.data / name).unlink(missing_ok=True)
        with suppress(OSError):  # something of others lies there
            self.data.rmdir()
        self._lock.release()

    def __enter__(self) -> Self:
        """Start."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()

    def _make_services(self, numbers: dict[str, int]) -> _Services:
        return _Services(self.data, numbers, logs=self.logs, fsync=self._fsync)

    def _make_folder(self) -> None:
        """Make the data folder so that PostgreSQL's account may pass it; one that exists stays as it is."""
        try:
            self.data.mkdir(parents=True)
        except FileExistsError:
            return
        self.data.chmod(0o711 if os.geteuid() == 0 else 0o700)


def _explain_refusal(error: psycopg.Error | VaultRefusedError) -> EmbeddedError:
    service = "PostgreSQL" if isinstance(error, psycopg.Error) else "OpenBao"
    return explain(str(error), service=service) or EmbeddedError(
        f"{service} lehnt die Einrichtung ab: {str(error).strip().splitlines()[0]}"
    )


class _Services:
    """The four services of an installation, made for one set of ports."""

    def __init__(self, data: Path, numbers: dict[str, int], *, logs: Path, fsync: bool) -> None:
        self.postgres = PostgresServer(data, port=numbers["postgres"], logs=logs, fsync=fsync)
        self.openbao = OpenBaoServer(
            data, port=numbers["openbao"], cluster_port=numbers["openbao_cluster"], logs=logs
        )
        self.valkey = ValkeyServer(data, port=numbers["valkey"], logs=logs)
        self.mail = MailSink(data, smtp_port=numbers["smtp"], web_port=numbers["mail"], logs=logs)

    def by_name(self) -> dict[str, PostgresServer | OpenBaoServer | ValkeyServer | MailSink]:
        """The order in which they are stopped."""
        return {
            "mailsink": self.mail,
            "valkey": self.valkey,
            "postgres": self.postgres,
            "openbao": self.openbao,
        }

    def children(self) -> dict[str, Child]:
        return {name: child for name, service in self.by_name().items() if (child := service.child)}

    def are_running(self) -> bool:
        services = self.by_name().values()
        return all(service.child and service.child.is_running for service in services)

    def end_leftovers(self) -> None:
        for service in self.by_name().values():
            service.end_leftover()
