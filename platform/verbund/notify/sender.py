# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""In whose name mail goes out: the municipality's or the association's own."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import formataddr
from typing import Protocol

from django.conf import settings

from verbund.kernel import context
from verbund.kernel.context import Municipality
from verbund.kernel.ports import port
from verbund.notify.servers import server_in_use


class Letterhead(Protocol):
    """The port `MailLetterhead`: what the municipality itself says of its mail; an empty text says nothing."""

    def reply_to(self) -> str:
        """The mailbox a person reads."""

    def imprint(self) -> str:
        """Name, address and telephone number for the foot of a mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who writes: shown name, technical address, where answers go, and the foot.

    ``own_address`` is set where mail leaves by the municipality's own server.
    """

    name: str
    address: str
    host: str
    reply_to: str = ""
    imprint: str = ""
    own_address: str = ""

    @property
    def domain(self) -> str:
        """What stands behind the @ of the address."""
        return self.address.rpartition("@")[2]

    @property
    def header(self) -> str:
        """The value of `From`."""
        return formataddr((self.name, self.address))


def sender() -> Sender:
    """The sender of the entered scope."""
    host = own_host()
    own = server_in_use()
    letterhead: Letterhead | None = port("MailLetterhead")  # type: ignore[assignment]  # the spec names such an object
    return Sender(
        name=_full_name(),
        address=own.sender_address if own else f"noreply@{host}",
        own_address=own.sender_address if own else "",
        host=host,
        reply_to=letterhead.reply_to() if letterhead else "",
        imprint=letterhead.imprint() if letterhead else "",
    )


def short_name() -> str:
    """How the scope is called in a subject: `Luckau`; the association is `Verbund`."""
    scope = context.current()
    return scope.name if isinstance(scope, Municipality) else "Verbund"


def _full_name() -> str:
    scope = context.current()
    return scope.display_name if isinstance(scope, Municipality) else short_name()


def own_host() -> str:
    """The first host of what is entered."""
    scope = context.current()
    if isinstance(scope, Municipality) and scope.hosts:
        return scope.hosts[0]
    return str(settings.VERBUND.association_host)


def absolute_url(path: str) -> str:
    """A link for a mail: `path` on the host of what is entered."""
    return str(settings.VERBUND.url(own_host(), path))
