# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How the other packages write mail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils.translation import gettext as _

from verbund.audit import api as audit
from verbund.kernel import context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import DomainError, Invalid
from verbund.notify import wakeup
from verbund.notify.bounces import is_ours
from verbund.notify.models import SEALED, Outbox, State
from verbund.notify.rendering import Rendered, preview, render
from verbund.notify.sender import absolute_url
from verbund.notify.texts import checked, kind_of

__all__ = ["OutsideTransaction", "absolute_url", "forget_mail", "queue_mail", "queue_sample"]

# The reference of a mail that shows how a text would look.
SAMPLE = "notify.sample"
MOST_PER_HOUR = 30

log = structlog.get_logger()


class OutsideTransaction(DomainError):
    """A mail was to be written outside the transaction of the change it tells about."""

    code = "notify_outside_transaction"
    status = 500
    message = "E-Mails werden nur zusammen mit der Änderung geschrieben."


def queue_mail(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    reference: str = "",
    unsubscribe_url: str = "",
    by: Actor,
    at: datetime,
) -> int:
    """Render `notify/<template>.txt` now and keep it encrypted until a worker has sent it; returns its key.

    Nothing is sent when the transaction is rolled back. Sent at least once: after a crash a mail may come twice,
    with the same Message-ID. ``unsubscribe_url`` answers GET with a page and POST by unsubscribing; the mail names it
    in its foot and for mail programs.

    Raises:
        Invalid: `to` is not one e-mail address, or one of ours that nobody reads.
        OutsideTransaction: no transaction is open.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction
    recipient = _checked(to)
    mail = render(template, context, unsubscribe_url=unsubscribe_url)
    return _queue(mail, to=recipient, template=template, reference=reference, by=by, at=at)


def forget_mail(*, reference: str) -> None:
    """Unsend what waits for a reader who wants nothing any more, and remove address and contents of what was sent."""
    mails = Outbox.objects.filter(reference=reference)
    mails.filter(state=State.QUEUED).delete()
    mails.filter(recipient__isnull=False).update(**dict.fromkeys(SEALED))


@transaction.atomic
def queue_sample(*, to: str, template: str, subject: str, body: str, by: Actor, at: datetime) -> int:
    """Send a text to whoever writes it, filled with examples; nothing of it is kept as the municipality's text.

    Raises:
        Invalid: the text does not hold.
        NotFound: there is no such kind of mail.
    """
    kind = kind_of(template)
    mail = preview(kind, checked(kind, subject=subject, body=body))
    key = _queue(mail, to=_checked(to), template=template, reference=SAMPLE, by=by, at=at)
    audit.record(
        action="notify.text.tried",
        subject=f"notify.mail_text:{template}",
        by=by,
        changes={"kind": template},
        at=at,
    )
    return key


def _queue(mail: Rendered, *, to: str, template: str, reference: str, by: Actor, at: datetime) -> int:
    is_loop = _is_loop(template, reference, at)
    row = Outbox.objects.create(
        state=State.FAILED if is_loop else State.QUEUED,
        last_error="loop guard" if is_loop else "",
        kind=template,
        reference=reference,
        recipient=to,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        unsubscribe_url=mail.unsubscribe_url or None,
        queued_at=at,
        next_try_at=at,
    )
    audit.record(
        action="notify.mail.queued",
        subject=f"notify.outbox:{row.pk}",
        by=by,
        changes={"kind": template, "reference": reference},
        at=at,
    )
    if is_loop:
        log.error("notify.loop_guard", mail=row.pk, kind=template, reference=reference)
    else:
        _wake_after_commit(row.pk)
    return row.pk


def _is_loop(template: str, reference: str, at: datetime) -> bool:
    """No person needs so many mails of one kind about one thing in an hour: two programs are answering each other."""
    if not reference:
        return False
    lately = Outbox.objects.filter(reference=reference, kind=template, queued_at__gt=at - timedelta(hours=1))
    return lately.count() >= MOST_PER_HOUR


def _wake_after_commit(outbox_id: int) -> None:
    scope = context.current()
    transaction.on_commit(lambda: wakeup.send(scope, outbox_id))


def _checked(address: str) -> str:
    try:
        validate_email(address.strip())
    except ValidationError as error:
        message = _("Das ist keine gültige E-Mail-Adresse.")
        raise Invalid(message, fields={"email": message}) from error
    if is_ours(address):
        message = _("Von dieser Adresse schreibt die Plattform selbst; dort liest niemand.")
        raise Invalid(message, fields={"email": message})
    return address.strip()
