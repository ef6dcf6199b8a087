# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asks the map service the association named for one tile: nothing of the citizen goes with it, no redirect is followed."""

from __future__ import annotations

import socket
import ssl
import time
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

from typing_extensions import override

from verbund.places.tiles import TileAddress, media_type_of

LARGEST: Final = 1_000_000
_NOTHING: Final = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND})
_CHUNK: Final = 16_384
_HEADERS: Final = {"Accept": "image/png, image/jpeg", "User-Agent": "Verbund tile proxy"}

Networks = tuple[IPv4Network | IPv6Network, ...]


class UpstreamFailed(OSError):
    """No usable answer; the message says why and names nobody."""


class NoTile(UpstreamFailed):
    """The service is well and has no picture there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upstream:
    """A map service: ``template`` holds {z}, {x} and {y}. ``seconds`` bounds each wait, and the picture as a whole.

    It must stand at a public address or in one of ``networks``.
    """

    template: str
    seconds: float
    networks: Networks = ()

    def fetch(self, address: TileAddress) -> bytes:
        """The picture, PNG or JPEG.

        Raises:
            NoTile: the service covers no such place.
            UpstreamFailed: no connection, too slow, another status than 200, too large, or no picture.
        """
        parts = urlsplit(self.template.format(z=address.z, x=address.x, y=address.y))
        until = time.monotonic() + self.seconds
        connection = self._connection(parts.scheme, parts.hostname or "", parts.port)
        try:
            connection.request(
                "GET", f"{parts.path}?{parts.query}" if parts.query else parts.path, headers=_HEADERS
            )
            with connection.getresponse() as response:  # it may own the socket by now
                return _content(response, until)
        except (OSError, HTTPException) as error:
            raise error if isinstance(error, UpstreamFailed) else UpstreamFailed(repr(error)) from error
        finally:
            connection.close()

    def _connection(self, scheme: str, host: str, port: int | None) -> HTTPConnection:
        if scheme == "https":
            checked = checked_address(host, port or 443, self.networks)
            return _CheckedTLS(host, port, checked, self.seconds)
        checked = checked_address(host, port or 80, self.networks)
        return _Checked(host, port, checked, self.seconds)


class _Checked(HTTPConnection):
    """Connects to the address that was checked, whatever the name says a moment later."""

    def __init__(self, host: str, port: int | None, address: str, seconds: float) -> None:
        super().__init__(host, port, timeout=seconds)
        self._address = address

    @override
    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)


class _CheckedTLS(HTTPSConnection):
    """The same, encrypted; the certificate has to be the name's."""

    def __init__(self, host: str, port: int | None, address: str, seconds: float) -> None:
        self._tls = ssl.create_default_context()
        super().__init__(host, port, timeout=seconds, context=self._tls)
        self._address = address

    @override
    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)


def checked_address(host: str, port: int, networks: Networks) -> str:
    """The address to connect to.

    Raises:
        UpstreamFailed: the name is not known, or stands neither in public nor in one of the networks.
    """
    try:
        entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise UpstreamFailed(f"{host} is not known") from error
    for entry in entries:
        address = ip_address(entry[4][0])
        plain = (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
        if any(plain in network for network in networks) or (plain.is_global and not plain.is_multicast):
            return str(plain)
    raise UpstreamFailed(f"{host} stands in a network that is not allowed")


def _content(response: HTTPResponse, until: float) -> bytes:
    if response.status in _NOTHING:
        raise NoTile(f"status {response.status}")
    if response.status != HTTPStatus.OK:
        raise UpstreamFailed(f"status {response.status}")
    content = bytearray()
    while chunk := response.read1(_CHUNK):
        content += chunk
        if len(content) > LARGEST:
            raise UpstreamFailed("too large")
        if time.monotonic() > until:
            raise UpstreamFailed("too slow")
    if response.length:
        raise UpstreamFailed("cut short")
    if not media_type_of(bytes(content)):
        raise UpstreamFailed("no picture")
    return bytes(content)
