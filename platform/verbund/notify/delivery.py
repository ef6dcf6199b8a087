# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sends what waits in the outbox: one row, one transaction, one SMTP dialogue; nobody waits for anybody."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

import structlog
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import QuerySet

from verbund.kernel import context
from verbund.kernel.clock import BERLIN
from verbund.kernel.context import Municipality
from verbund.kernel.errors import DomainError
from verbund.kernel.events import publish
from verbund.metering import api as metering
from verbund.notify.bounces import is_mailbox_gone, return_address, status_in
from verbund.notify.events import MailboxGone
from verbund.notify.models import SEALED, Outbox, State
from verbund.notify.sender import Sender, sender
from verbund.notify.servers import backend_of, server_in_use
from verbund.vault.errors import KeyDestroyed, Unreadable

log = structlog.get_logger()

# After each failed attempt; when the list is used up, the mail counts as not deliverable (after two days).
BACKOFF = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440)
)  # fmt: skip
KEPT_AFTER_SENDING = timedelta(days=14)
_HOPELESS = (KeyDestroyed, Unreadable)
_PERMANENT_SMTP = 500


def deliver(outbox_id: int, *, at: datetime) -> bool:
    """Send one mail if it still waits and nobody else is at it; True when it went out now."""
    with _connection() as connection:
        return _deliver_next(connection, at=at, pk=outbox_id) is True


def deliver_due(*, at: datetime, most: int = 200) -> int:
    """Send everything whose time has come; returns how many went out."""
    sent = 0
    with _connection() as connection:
        for _round in range(most):
            outcome = _deliver_next(connection, at=at)
            if outcome is None:
                break
            sent += outcome
    return sent


def not_held() -> QuerySet[Outbox]:
    """What waits and may go out: what waited already when the data came out of an archive is the origin's to send."""
    scope = context.current()
    waiting = Outbox.objects.filter(state=State.QUEUED)
    if isinstance(scope, Municipality) and scope.restored_at is not None:
        return waiting.filter(queued_at__gt=scope.restored_at)
    return waiting


def held() -> QuerySet[Outbox]:
    """What waits and will never go out from here."""
    return Outbox.objects.filter(state=State.QUEUED).exclude(pk__in=not_held().values("pk"))


def empty_old(*, at: datetime) -> int:
    """Remove recipient and contents of mail whose work is done; what remains says that there was one."""
    old = Outbox.objects.exclude(state=State.QUEUED).filter(
        recipient__isnull=False, queued_at__lt=at - KEPT_AFTER_SENDING
    )
    return old.exclude(sent_at__gte=at - KEPT_AFTER_SENDING).update(**dict.fromkeys(SEALED))


def _deliver_next(connection: Any, *, at: datetime, **wanted: int) -> bool | None:
    """Claim one waiting row and send it; None when there is none."""
    with transaction.atomic():
        waiting = not_held().filter(next_try_at__lte=at, **wanted)
        row = waiting.select_for_update(skip_locked=True).defer(*SEALED).order_by("next_try_at", "pk").first()
        if row is None:
            return None
        row.attempts += 1
        try:
            _send(row, connection, sender(), at)
        except (smtplib.SMTPException, OSError, DomainError) as error:
            _drop(connection)
            _postpone(row, error, at=at)
            return False
        row.state, row.sent_at, row.last_error = State.SENT, at, ""
        row.save(update_fields=["state", "sent_at", "last_error", "attempts"])
        metering.record("mail.sent", at=at)
    log.info("notify.mail_sent", mail=row.pk, kind=row.kind, attempts=row.attempts)
    return True


def _send(row: Outbox, connection: Any, who: Sender, at: datetime) -> None:
    message = EmailMultiAlternatives(
        subject=row.subject or "",
        body=row.text or "",
        # The envelope's sender: a report on this mail comes back to an address that names it. Other servers
        # take their own addresses only.
        from_email=who.own_address or return_address(row.message_key, who.host),
        to=[row.recipient or ""],
        reply_to=[who.reply_to] if who.reply_to else None,
        connection=connection,
        headers={
            "From": who.header,
            "Message-ID": f"<{row.message_key}@{who.domain}>",
            "Date": format_datetime(at.astimezone(BERLIN)),
            "List-Id": f"<nachrichten.{who.host}>",
            # Out-of-office programs must not answer a mail that no person wrote.
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            **_unsubscribing(row.unsubscribe_url),
        },
    )
    message.attach_alternative(row.html or "", "text/html")
    connection.open()  # stays open for the next mail; Django would close it after each
    message.send()


def _unsubscribing(url: str | None) -> dict[str, str]:
    """One click in the mail program (RFC 8058): it posts to the address, without a session."""
    if not url:
        return {}
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _drop(connection: Any) -> None:
    """The next mail gets a fresh connection: this one may be in the middle of a dialogue."""
    with suppress(smtplib.SMTPException, OSError):
        connection.close()


def _postpone(row: Outbox, error: Exception, *, at: datetime) -> None:
    """Note the kind of error, never its text: servers quote addresses in it."""
    row.last_error = _name(error)
    if _is_permanent(error) or row.attempts > len(BACKOFF):
        row.state = State.FAILED
        if _is_mailbox_gone(error):
            publish(MailboxGone(reference=row.reference, at=at))
    else:
        row.next_try_at = at + BACKOFF[row.attempts - 1]
    row.save(update_fields=["state", "next_try_at", "last_error", "attempts"])
    log.warning("notify.mail_not_sent", mail=row.pk, kind=row.kind, error=row.last_error, state=row.state)


def _is_permanent(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= _PERMANENT_SMTP for code, _text in error.recipients.values())
    return isinstance(error, _HOPELESS)


def _is_mailbox_gone(error: Exception) -> bool:
    """By the code in the answer, which is all that is taken from its text."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    answers = [text for _code, text in error.recipients.values()]
    return all(is_mailbox_gone(status_in(text.decode("ascii", "replace"))) for text in answers)


def _name(error: Exception) -> str:
    name = type(error).__name__
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _text in error.recipients.values()})
        return f"{name} {' '.join(map(str, codes))}"[:120]
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{name} {error.smtp_code}"[:120]
    return name[:120]


class _Waiting:
    """A connection that is chosen when the first mail goes out, so that a missing password postpones mail like a missing server."""

    def __init__(self) -> None:
        self._chosen: Any = None

    def open(self) -> bool | None:
        """Choose and open; raises what both raise."""
        if self._chosen is None:
            own = server_in_use()
            self._chosen = backend_of(own) if own is not None else get_connection()
        opened: bool | None = self._chosen.open()
        return opened

    def send_messages(self, messages: list[Any]) -> int:
        sent: int = self._chosen.send_messages(messages)
        return sent

    def close(self) -> None:
        if self._chosen is not None:
            self._chosen.close()
            self._chosen = None


@contextmanager
def _connection() -> Iterator[Any]:
    """One SMTP connection for several mails, opened when the first is sent: by the municipality's own server, or ours."""
    connection: Any = _Waiting()
    try:
        yield connection
    finally:
        _drop(connection)
