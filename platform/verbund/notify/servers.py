# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The municipality's own mail server: set, tried, and only then used; taken out again at any time."""

from __future__ import annotations

import smtplib
import socket
import ssl
import uuid
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils.translation import gettext as _

from verbund.audit import api as audit
from verbund.jobs.hints import hint
from verbund.kernel import context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict, DomainError, Invalid, NotFound
from verbund.kernel.language import official_language
from verbund.kernel.msgids import gettext_noop
from verbund.notify.connecting import Elsewhere, OwnServerBackend, Unprotected
from verbund.notify.models import MailServer
from verbund.vault import handover
from verbund.vault.errors import SecretMissing

NAME_IN_VAULT: Final = "smtp"
# What went wrong in a trial, in words; the server's own answer may quote addresses.
REFUSALS: Final = {
    "unknown_host": gettext_noop("Diesen Server gibt es nicht. Bitte prüfen Sie den Namen."),
    "elsewhere": gettext_noop(
        "Zu diesem Server verbindet die Plattform nicht: Er braucht eine öffentliche Adresse und einen der Ports 25, 465 oder 587. Steht er im Netz des Zweckverbands, muss dieser ihn freigeben."
    ),
    "unprotected": gettext_noop(
        "Ohne Verschlüsselung geht es nur im Netz des Zweckverbands. Bitte wählen Sie STARTTLS oder TLS."
    ),
    "no_answer": gettext_noop(
        "Der Server antwortet nicht. Stimmen Name und Port, und lässt er Verbindungen von hier zu?"
    ),
    "certificate": gettext_noop(
        "Das Zertifikat des Servers ist abgelaufen, unbekannt oder für einen anderen Namen ausgestellt."
    ),
    "security": gettext_noop(
        "Diese Verschlüsselung bietet der Server auf diesem Port nicht. Üblich sind STARTTLS mit 587 und TLS mit 465."
    ),
    "login": gettext_noop("Der Server nimmt Benutzername und Passwort nicht an."),
    "no_login": gettext_noop(
        "Der Server bietet auf diesem Weg keine Anmeldung. Braucht er keine, lassen Sie den Benutzernamen leer; sonst wählen Sie STARTTLS oder TLS."
    ),
    "sender": gettext_noop(
        "Der Server nimmt diese Absenderadresse nicht an. Meist muss sie zum Benutzernamen gehören."
    ),
    "recipient": gettext_noop(
        "Der Server leitet die Probe an Ihre Adresse nicht weiter. Er muss auch an fremde Adressen senden dürfen."
    ),
    "password_missing": gettext_noop("Das Passwort fehlt hier. Bitte geben Sie es noch einmal ein."),
    "other": gettext_noop("Der Server hat die Probe abgelehnt. Sein Protokoll nennt den Grund."),
}
_BY_ERROR: Final[tuple[tuple[type[Exception], str], ...]] = (
    (SecretMissing, "password_missing"),
    (socket.gaierror, "unknown_host"),
    (Elsewhere, "elsewhere"),
    (Unprotected, "unprotected"),
    (ssl.SSLCertVerificationError, "certificate"),
    (ssl.SSLError, "security"),
    (smtplib.SMTPAuthenticationError, "login"),
    (smtplib.SMTPNotSupportedError, "security"),
    (smtplib.SMTPSenderRefused, "sender"),
    (smtplib.SMTPRecipientsRefused, "recipient"),
    (smtplib.SMTPServerDisconnected, "no_answer"),
    (smtplib.SMTPConnectError, "no_answer"),
    (smtplib.SMTPException, "other"),
    (OSError, "no_answer"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which server, and in whose name."""

    sender_address: str
    host: str
    port: int
    security: str
    username: str = ""


def server_set() -> MailServer | None:
    """The entered municipality's own server, in use or not; one that came with data of another number is none."""
    return MailServer.objects.filter(key=context.current().key).first()


def server_in_use() -> MailServer | None:
    """The server all mail leaves by; None means the association's."""
    return MailServer.objects.filter(key=context.current().key, tried_at__isnull=False).first()


def backend_of(server: MailServer) -> BaseEmailBackend:
    """A connection that is not open yet.

    Raises:
        SecretMissing: its password is not here.
        VaultUnavailable: its password lies in Vault, which is away.
    """
    password = ""
    if server.username:
        password = handover.credentials(NAME_IN_VAULT, revision=str(server.revision))["password"]
    return OwnServerBackend(server, password=password)


@transaction.atomic
def change_server(*, wanted: Wanted, password: str, by: Actor, at: datetime) -> MailServer:
    """Keep the server; until a trial went well, mail leaves by the association's.

    Without a password the one that is there goes on, for the same server and user only.

    Raises:
        Invalid: a user without password.
    """
    municipality = context.current_municipality()
    before = MailServer.objects.select_for_update().filter(key=municipality.key).first()
    if wanted.username and not password and not _keeps_password(before, wanted):
        raise Invalid(
            fields={"password": _("Bitte geben Sie das Passwort ein: Server oder Benutzername sind neu.")}
        )
    revision = before.revision if before is not None and not password else uuid.uuid4()
    values = {
        **asdict(wanted), "key": municipality.key, "revision": revision, "changed_at": at, "tried_at": None, "refusal": "",
    }  # fmt: skip
    server, _is_new = MailServer.objects.update_or_create(pk=1, defaults=values)
    if wanted.username and password:
        handover.hand_over(NAME_IN_VAULT, {"password": password}, revision=str(revision), at=at)
    elif not wanted.username:
        handover.take_away(NAME_IN_VAULT, at=at)
    changed = {
        "host": wanted.host,
        "port": wanted.port,
        "security": wanted.security,
        "sender": wanted.sender_address,
    }
    _record("changed", by=by, at=at, changes={**changed, "has_new_password": bool(password)})
    _wake()
    return server


def try_server(*, to: str, by: Actor, at: datetime) -> str:
    """Send a sample through it; what stood in the way (a key of `REFUSALS`), or an empty text: it is in use from now on.

    The dialogue may take half a minute and is part of no transaction.

    Raises:
        NotFound: none is set.
        Conflict: somebody changed it meanwhile.
    """
    server = server_set()
    if server is None:
        raise NotFound
    refusal = _tried(server, to)
    with transaction.atomic():
        same = MailServer.objects.filter(
            key=server.key, revision=server.revision, changed_at=server.changed_at
        )
        if not same.update(tried_at=None if refusal else at, refusal=refusal):
            raise Conflict
        _record("tried", by=by, at=at, changes={"host": server.host, "refusal": refusal})
    return refusal


@transaction.atomic
def remove_server(*, by: Actor, at: datetime) -> None:
    """All mail leaves by the association's server again, at once.

    Raises:
        NotFound: none is set.
    """
    removed, _by_model = MailServer.objects.all().delete()
    if not removed:
        raise NotFound
    handover.take_away(NAME_IN_VAULT, at=at)
    _record("removed", by=by, at=at, changes={})
    _wake()


def _keeps_password(before: MailServer | None, wanted: Wanted) -> bool:
    """A password is shown to no other server, and not in the name of another user."""
    if before is None or not before.username:
        return False
    return (before.host, before.port, before.username) == (wanted.host, wanted.port, wanted.username)


def _tried(server: MailServer, to: str) -> str:
    with official_language():
        subject = _("Probe: E-Mails über Ihren Mailserver")
        sentence = _(
            "diese E-Mail kam über %(host)s. Ab jetzt verschickt die Plattform alle E-Mails Ihrer Kommune auf diesem Weg."
        )
        body = "\n\n".join([_("Guten Tag,"), sentence % {"host": server.host}])
    try:
        connection = backend_of(server)
        try:
            EmailMessage(subject, body, server.sender_address, [to], connection=connection).send()
        finally:
            with suppress(smtplib.SMTPException, OSError):
                connection.close()
    except (smtplib.SMTPException, OSError, DomainError) as error:
        return refusal_of(error, has_login=bool(server.username))
    return ""


def refusal_of(error: Exception, *, has_login: bool) -> str:
    """The key of `REFUSALS` for what a dialogue ended with."""
    if isinstance(error, smtplib.SMTPNotSupportedError) and has_login and "AUTH" in str(error).upper():
        return "no_login"
    found = next((code for kind, code in _BY_ERROR if isinstance(error, kind)), None)
    if found is None:
        raise error
    return found


def _record(what: str, *, by: Actor, at: datetime, changes: dict[str, object]) -> None:
    audit.record(action=f"notify.server.{what}", subject="notify.mailserver:1", by=by, at=at, changes=changes)


def _wake() -> None:
    """The provisioner takes the password over; without a broker it comes by within ten minutes."""
    scope = context.current()
    transaction.on_commit(lambda: hint("tenants.take_credentials", scope=scope))
