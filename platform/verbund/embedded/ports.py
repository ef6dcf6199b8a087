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
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen(1)
        except OSError:
            return False
    return True


def require_free(port: int, *, service: str) -> None:
    """Refuse a port somebody else listens on.

    Raises:
        EmbeddedError: the port is in use.
    """
    if not is_free(port):
        raise EmbeddedError(
            f"Port {port} für {service} ist schon belegt.",
            remedy=f"ss -ltnp 'sport = :{port}' zeigt, von wem; oder PORT=<anderer Port> angeben.",
        )


def choose(file: Path, *, public: int | None = None) -> dict[str, int]:
    """Give a port for each name of ``NAMES``: the remembered one while it is free, else a new one.

    ``public`` is demanded by the operator: it is taken as it is, the others follow it where they can.

    Raises:
        EmbeddedError: the demanded port is in use.
    """
    if public is not None:
        require_free(public, service="die Web-Oberfläche")
    ports = _remembered(file)
    if public is not None and ports.get("public") != public:
        ports = {"public": public}
    if not ports:
        ports = dict(zip(NAMES, _free_block(len(NAMES)), strict=True))
    for offset, name in enumerate(NAMES):
        taken = {port for other, port in ports.items() if other != name}
        wanted = ports.get(name) or (public or 0) + offset
        if wanted in taken or not _LOWEST // 20 < wanted < 65536 or not is_free(wanted):  # noqa: PLR2004 - highest port
            wanted = next(port for port in iter(lambda: _free_block(1)[0], None) if port not in taken)
        ports[name] = wanted
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


def _remembered(file: Path) -> dict[str, int]:
    try:
        noted = json.loads(file.read_text())
        return {name: int(noted[name]) for name in NAMES}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return {}


def _remember(file: Path, ports: dict[str, int]) -> None:
    new = file.with_suffix(".new")
    new.write_text(json.dumps(ports, indent=2) + "\n")
    new.replace(file)
