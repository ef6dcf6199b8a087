# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""PostgreSQL's three configuration files: loopback only, and a log without anybody's data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from verbund.embedded.ports import HOST

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SUPERUSER: Final = "postgres"

_SETTINGS: Final[Mapping[str, str]] = {
    "listen_addresses": HOST,
    "unix_socket_permissions": "0700",
    "cluster_name": "verbund",
    "password_encryption": "scram-sha-256",
    "max_connections": "200",
    # A migration wave or a dump touches hundreds of tables of one schema in one transaction.
    "max_locks_per_transaction": "512",
    "shared_buffers": "128MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "checkpoint_timeout": "15min",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C.UTF-8",
    "lc_monetary": "C.UTF-8",
    "lc_numeric": "C.UTF-8",
    "lc_time": "C.UTF-8",
    # Messages of statements can carry values people typed: only what concerns the server is logged,
    # and "terse" leaves out details such as the key that was violated.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_line_prefix": "%m [%p] ",
}
# Loses data with the machine only: a commit is still written out, so it survives a killed server.
_WITHOUT_DURABILITY: Final[Mapping[str, str]] = {"fsync": "off", "full_page_writes": "off"}

# Superuser only through the private socket and only for the account that started us.
_ACCESS: Final = f"""\
local  all          {SUPERUSER}  peer map=verbund
local  replication  {SUPERUSER}  peer map=verbund
host   all          {SUPERUSER}  all           reject
local  all          all       scram-sha-256
host   all          all       {HOST}/32  scram-sha-256
"""


def write_configuration(
    folder: Path, *, port: int, sockets: Path, account: str, fsync: bool, extra: Mapping[str, str]
) -> list[str]:
    """Write the files anew, as ports and folders may have moved, and give the arguments that name them."""
    values = {**_SETTINGS, "port": str(port), "unix_socket_directories": str(sockets), **extra}
    if not fsync:
        values |= _WITHOUT_DURABILITY
    lines = [f"{name} = {_quoted(value)}" for name, value in values.items()]
    files = {
        "config_file": (folder / "postgresql.conf", "\n".join(lines) + "\n"),
        "hba_file": (folder / "pg_hba.conf", _ACCESS),
        "ident_file": (folder / "pg_ident.conf", f'verbund  "{account}"  {SUPERUSER}\n'),
    }
    arguments = []
    for setting, (path, text) in files.items():
        path.write_text(text)
        # PostgreSQL's account reads them and must not be able to write them; no secret is in them.
        path.chmod(0o644)
        arguments += ["-c", f"{setting}={path}"]
    return arguments


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
