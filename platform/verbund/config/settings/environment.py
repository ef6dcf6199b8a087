# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one reader of the environment: typed, all mistakes at once, unknown names refused."""

from __future__ import annotations

import os
from functools import cached_property
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from verbund.config.settings.map_service import demand_map_service

PREFIX = "VERBUND_"


def _listed(value: object) -> object:
    """A list as people write it: with commas."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]
Networks = Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode, BeforeValidator(_listed)]


class Environment(BaseSettings):
    """What an installation is told from outside. Secrets are never here, only where Vault is."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)
    # Django's settings ask each value for this at each access, and pydantic takes long to say that it has none.
    _mask_wrapped: ClassVar[bool] = True

    mode: Literal["demo", "test", "production"] = Field(
        default="production", description="demo shows example data and offers what production demands"
    )
    role: Literal["web", "worker", "provisioning", "cli"] = Field(
        default="web", description="which process this is"
    )
    data: Path = Field(default=Path(".data"), description="folder for files, spool and logs")

    db_host: str = Field(default="127.0.0.1", description="PostgreSQL's host")
    db_port: int = Field(default=5432, description="PostgreSQL's port")
    db_name: str = Field(default="verbund", description="the database")
    spare_schemas: int = Field(
        default=3, ge=0, le=50, description="schemas kept ready, so that the next municipality stands at once"
    )
    pg_dump: str = Field(
        default="pg_dump", description="pg_dump of the server's version, for the schema template"
    )

    vault_addr: str = Field(default="http://127.0.0.1:8200", description="address of OpenBao or Vault")
    vault_credentials: Path = Field(
        default=Path("credentials/platform.json"),
        description="file (0600) with role_id and secret_id of this process's AppRole",
    )
    vault_namespaces: Literal["off", "per_municipality"] = Field(
        default="off",
        description="a namespace of OpenBao for each municipality; decided before the first one joins",
    )
    vault_audit_files: tuple[Path, ...] = Field(
        default=(),
        description="files of Vault's audit devices, where this process can read them: each is watched",
    )
    secrets_stale_max_seconds: int = Field(
        default=900, ge=0, description="how long cached keys serve while Vault is away"
    )

    valkey_url: str = Field(
        default="redis://127.0.0.1:6379/0", description="Valkey without password; that comes from Vault"
    )
    smtp_host: str = Field(default="127.0.0.1", description="mail relay of the association")
    smtp_port: int = Field(default=25, description="its port")
    own_mail_networks: Networks = Field(
        default=(),
        description="networks of our own in which mail servers of municipalities may stand, with commas; "
        "otherwise they need a public address and one of the ports 25, 465 and 587",
    )

    base_domain: str = Field(
        default="localhost",
        description="municipalities are <slug>.<base domain>, the association verbund.<base domain>",
    )
    backup_folder: Path | None = Field(
        default=None, description="folder of the nightly backups, best on another disk; empty: below data"
    )
    backup_keep_days: int = Field(default=14, ge=1, description="how long nightly backups are kept")
    leaving_grace_days: int = Field(
        default=30, ge=0, description="how long the shut data of a municipality that left are kept"
    )

    tiles_url: str = Field(
        default="",
        description="map service of the state whose tiles we hand on: http(s)://…/{z}/{x}/{y}.png; empty: the built-in map",
    )
    tiles_hosts: Names = Field(
        default=(),
        description="hosts the map service may have, with commas: the address has to be one of them",
    )
    tiles_attribution: str = Field(
        default="", description="what the map's corner says of that service, as its licence demands"
    )
    tiles_networks: Networks = Field(
        default=(), description="networks of our own in which it may stand; otherwise only public addresses"
    )
    tiles_min_zoom: int = Field(default=8, ge=8, le=18, description="coarsest zoom taken from the service")
    tiles_max_zoom: int = Field(default=18, ge=8, le=18, description="finest zoom taken from the service")
    tiles_timeout_seconds: float = Field(
        default=3, gt=0, le=10, description="so long one tile may take; then the built-in map stands in"
    )
    tiles_cache_megabytes: int = Field(default=500, ge=1, description="room for its tiles below data")
    tiles_cache_days: int = Field(default=30, ge=1, description="older tiles are asked for anew")

    public_port: int | None = Field(
        default=None, description="port in links where it is not the scheme's own"
    )
    public_scheme: Literal["http", "https"] = Field(default="https", description="scheme in links")
    trusted_proxies: Networks = Field(
        default=(),
        description="networks of our own reverse proxies, with commas; only their X-Forwarded-For and -Proto count; "
        "without them, no visitor counts as coming by TLS",
    )
    metrics_port: int = Field(default=9464, description="Prometheus metrics, loopback only")
    require_second_factor: bool = Field(
        default=False,
        description="a second factor for all staff, not only for administrators and the association",
    )
    host_redirect_days: int = Field(
        default=365, ge=0, description="how long a host that was given up leads to the one used now"
    )
    allowed_host_suffixes: tuple[str, ...] = Field(
        default=(), description="hosts of municipalities must end so; empty: any"
    )

    @model_validator(mode="after")
    def _map_service_is_whole(self) -> Environment:
        if self.tiles_url:
            demand_map_service(self.tiles_url, hosts=self.tiles_hosts, attribution=self.tiles_attribution)
        return self

    @property
    def holds_owner_login(self) -> bool:
        """Only the command line and the provisioning worker may change structures."""
        return self.role in {"cli", "provisioning"}

    @cached_property  # asked at every request
    def association_host(self) -> str:
        return f"verbund.{self.base_domain}"

    def url(self, host: str, path: str = "/") -> str:
        """An absolute address on one of our hosts."""
        port = f":{self.public_port}" if self.public_port else ""
        return f"{self.public_scheme}://{host}{port}{path}"


class BadEnvironment(SystemExit):
    """The environment does not hold; the message names every mistake."""


def read_environment() -> Environment:
    """Read VERBUND_* and complain about all mistakes together.

    Raises:
        BadEnvironment: something is missing, wrong or unknown.
    """
    known = {f"{PREFIX}{name}".upper() for name in Environment.model_fields}
    mistakes = [f"{name}: unbekannt" for name in os.environ if name.startswith(PREFIX) and name not in known]
    try:
        environment = Environment()
    except ValidationError as error:
        mistakes += [
            f"{PREFIX}{'.'.join(map(str, item['loc'])).upper() or '*'}: {item['msg']}"
            for item in error.errors()
        ]
    if mistakes:
        raise BadEnvironment("Die Einstellungen stimmen nicht:\n  " + "\n  ".join(sorted(mistakes)))
    return environment
