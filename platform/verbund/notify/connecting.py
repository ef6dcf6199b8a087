# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The way to a municipality's own mail server: only to where it may stand, and to the very address that was checked."""

from __future__ import annotations

import base64
import smtplib
import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, Final

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from typing_extensions import override

from verbund.notify.models import MailServer, Security

PORTS: Final = (25, 465, 587)
SECONDS: Final = 10
_CONTINUES, _SIGNED_IN, _MOST_ROUNDS = 334, frozenset({235, 503}), 5


class Elsewhere(OSError):
    """The server stands where none may: in a network the association has not allowed, or behind an unusual port."""


class Unprotected(OSError):
    """Without encryption outside of the association's own networks."""


class OwnServerBackend(EmailBackend):
    """Django's SMTP, connected to the checked address; the certificate has to be the name's."""

    def __init__(self, server: MailServer, *, password: str) -> None:
        super().__init__(
            host=server.host,
            port=server.port,
            username=server.username or "",
            password=password,
            use_tls=server.security == Security.STARTTLS,
            use_ssl=server.security == Security.TLS,
            timeout=SECONDS,
        )
        self._is_open = server.security == Security.NONE

    @property
    @override
    def connection_class(self) -> Callable[..., smtplib.SMTP]:  # type: ignore[override]  # a class in Django, made by one here
        made = _CheckedTLS if self.use_ssl else _Checked

        def connect(*arguments: Any, **options: Any) -> smtplib.SMTP:
            address = checked_address(self.host, self.port, is_open=self._is_open)
            made_for: type[smtplib.SMTP] = type(made.__name__, (made,), {"address": address})
            return made_for(*arguments, **options)

        return connect


class _Checked(smtplib.SMTP):
    """Connects to ``address`` whatever the name says a moment later."""

    address = ""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        del host  # it was resolved before
        return socket.create_connection((self.address, port), timeout, self.source_address)

    @override
    def auth(self, mechanism: str, authobject: Any, *, initial_response_ok: bool = True) -> tuple[int, bytes]:
        """As smtplib does it, with UTF-8 (RFC 4616): a password may hold an umlaut."""
        if mechanism == "CRAM-MD5":  # its answer cannot; the next one the server offers is tried
            raise smtplib.SMTPAuthenticationError(504, b"not used")
        first = authobject() if initial_response_ok else None
        command = mechanism if first is None else f"{mechanism} {_encoded(first)}"
        code, answer = self.docmd("AUTH", command)
        for _round in range(_MOST_ROUNDS):
            if code != _CONTINUES:
                break
            code, answer = self.docmd(_encoded(authobject(base64.decodebytes(answer))))
        if code not in _SIGNED_IN:
            raise smtplib.SMTPAuthenticationError(code, answer)
        return code, answer


class _CheckedTLS(smtplib.SMTP_SSL, _Checked):
    """The same, encrypted from the first byte: `SMTP_SSL` wraps what the next class connects."""


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def checked_address(host: str, port: int, *, is_open: bool) -> str:
    """The address to connect to.

    Raises:
        OSError: the name is not known (`gaierror`), or `Elsewhere`, `Unprotected`.
    """
    found = [ip_address(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    ours = next((address for address in found if _is_ours(address)), None)
    if ours is not None:
        return str(ours)
    public = next((address for address in found if address.is_global and not address.is_multicast), None)
    if public is None or port not in PORTS:
        raise Elsewhere
    if is_open:
        raise Unprotected
    return str(public)


def _is_ours(address: IPv4Address | IPv6Address) -> bool:
    """In a network the association allows; in demo and tests also this machine itself."""
    plain = address.ipv4_mapped or address if isinstance(address, IPv6Address) else address
    if any(plain in network for network in settings.VERBUND.own_mail_networks):
        return True
    return bool(settings.VERBUND.mode != "production" and plain.is_loopback)
