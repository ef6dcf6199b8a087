# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How the other packages write mail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils.translation import gettext as _

from verbund.audit import api as audit
from verbund.kernel import context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import DomainError, Invalid
from verbund.notify import wakeup
from verbund.notify.models import Outbox
from verbund.notify.rendering import render
from verbund.notify.sender import absolute_url

__all__ = ["OutsideTransaction", "absolute_url", "queue_mail"]


class OutsideTransaction(DomainError):
    """A mail was to be written outside the transaction of the change it tells about."""

    code = "notify_outside_transaction"
    status = 500
    message = "E-Mails werden nur zusammen mit der Änderung geschrieben."


def queue_mail(
    *, to: str, template: str, context: Mapping[str, Any], reference: str = "", by: Actor, at: datetime
) -> int:
    """Render `notify/<template>.txt` now and keep it encrypted until a worker has sent it; returns its key.

    Nothing is sent when the transaction is rolled back. Sent at least once: after a crash a mail may come twice,
    with the same Message-ID.

    Raises:
        Invalid: `to` is not one e-mail address.
        OutsideTransaction: no transaction is open.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction
    recipient = _checked(to)
    mail = render(template, context)
    row = Outbox.objects.create(
        kind=template,
        reference=reference,
        recipient=recipient,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
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
    _wake_after_commit(row.pk)
    return row.pk


def _wake_after_commit(outbox_id: int) -> None:
    scope = context.current()
    transaction.on_commit(lambda: wakeup.send(scope, outbox_id))


def _checked(address: str) -> str:
    try:
        validate_email(address.strip())
    except ValidationError as error:
        message = _("Das ist keine gültige E-Mail-Adresse.")
        raise Invalid(message, fields={"email": message}) from error
    return address.strip()
