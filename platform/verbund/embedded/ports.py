# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Free ports on the loopback interface, remembered so that a second start finds the same ones."""

from __future__ import annotations

import json
import secrets
import socket
from contextlib import closing
from typing import TYPE_CHECKING, Final

from verbund.embedded.errors import EmbeddedError

if TYPE_CHECKING:
    from pathlib import Path

HOST: Final = "127.0.0.1"
NAMES: Final = ("public", "metrics", "mail", "smtp", "postgres", "openbao", "openbao_cluster", "valkey")

# Below the range the system gives to outgoing connections, so that a remembered port stays free.
_LOWEST: Final = 20000
_HIGHEST: Final = 32000
_ATTEMPTS: Final = 200


def is_free(port: int) -> bool:
    """Tell whether a server could listen on a port of 127.0.0.1 now."""
    return _trouble(port) is None


def require_free(port: int, *, service: str) -> None:
    """Refuse a port somebody else listens on, or this account may not listen on.

    Raises:
        EmbeddedError: nothing can be started on the port.
    """
    trouble = _trouble(port)
    if isinstance(trouble, PermissionError):
        raise EmbeddedError(
            f"Port {port} für {service} darf dieses Konto nicht öffnen.",
            remedy="PORT=<Port über 1023> angeben.",
        )
    if trouble:
        raise EmbeddedError(
            f"Port {port} für {service} ist schon belegt.",
            remedy=f"ss -ltnp 'sport = :{port}' zeigt, von wem; oder PORT=<anderer Port> angeben.",
        )


def _trouble(port: int) -> Exception | None:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        # As the servers do: a connection that has just ended does not make the port taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen(1)
        except (OSError, OverflowError) as error:
            return error
    return None


def choose(file: Path, *, public: int | None = None) -> dict[str, int]:
    """Give a port for each name of ``NAMES``: the remembered one while it is free, else a new one.

    ``public`` is demanded by the operator and taken as it is; where nothing is remembered, the others
    follow it.

    Raises:
        EmbeddedError: the demanded port cannot be used.
    """
    wanted = remembered(file)
    if public is not None:
        require_free(public, service="die Web-Oberfläche")
        wanted = {name: public + offset for offset, name in enumerate(NAMES)} | wanted | {"public": public}
    if not wanted:
        wanted = dict(zip(NAMES, _free_block(len(NAMES)), strict=True))
    ports: dict[str, int] = {}
    for name, port in wanted.items():
        chosen = port
        while chosen in ports.values() or not is_free(chosen):
            chosen = _free_block(1)[0]
        ports[name] = chosen
    _remember(file, ports)
    return ports


def _free_block(size: int) -> list[int]:
    """Find neighbouring free ports, so that people can tell what belongs together."""
    for _ in range(_ATTEMPTS):
        first = _LOWEST + secrets.randbelow((_HIGHEST - _LOWEST) // size) * size
        block = list(range(first, first + size))
        if all(is_free(port) for port in block):
            return block
    raise EmbeddedError("Es gibt keine freien Ports auf 127.0.0.1.", remedy="ss -ltnp zeigt, was lauscht.")


def remembered(file: Path) -> dict[str, int]:
    """Give the ports of the last start; empty: there are none."""
    try:
        noted = json.loads(file.read_text())
        return {name: int(noted[name]) for name in NAMES}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return {}


def _remember(file: Path, ports: dict[str, int]) -> None:
    new = file.with_suffix(".new")
    new.write_text(json.dumps(ports, indent=2) + "\n")
    new.replace(file)
