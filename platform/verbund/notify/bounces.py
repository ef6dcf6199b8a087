# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mail that a server took and gave back later (RFC 3464): which of ours it was, and that it did not arrive.

Every mail leaves with a return address of its own, `bounces+<key>@<host>` (VERP), so that nothing has to be guessed from
the text of a report. The key is known to nobody but the recipient and the servers on the way.
"""

from __future__ import annotations

import email
import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid
from verbund.kernel.events import publish
from verbund.notify.events import MailboxGone
from verbund.notify.models import Outbox, State

LONGEST: Final = 1_000_000
_ADDRESS: Final = re.compile(r"bounces\+([0-9a-f]{32})@([a-z0-9.-]+)", re.IGNORECASE)
# Where mail servers say whom a message was for; `To` last, because anybody may write it.
_HEADERS: Final = ("X-Original-To", "Delivered-To", "To")
# Bad address, of many kinds, and a mailbox that is closed (RFC 3463 section 3.2 and 3.3).
_GONE: Final = re.compile(r"5\.(1\.(1|2|3|6|10)|2\.1)")
_STATUS: Final = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


class NoBounce(Invalid):
    """The message is no report on a mail of ours."""

    code = "notify_no_bounce"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """``status`` is the enhanced code of RFC 3463 (`5.1.1`: no such mailbox); final when the server has given up."""

    key: uuid.UUID
    host: str
    status: str
    is_final: bool


def return_address(key: uuid.UUID, host: str) -> str:
    """The envelope's sender."""
    return f"bounces+{key.hex}@{host}"


def read(raw: bytes, *, recipient: str = "") -> Bounce:
    """Read a report; ``recipient`` is the address the server delivered it to, where it says so.

    Raises:
        NoBounce: it is none, or not on a mail of ours.
    """
    if len(raw) > LONGEST:
        raise NoBounce(_("Die Nachricht ist größer als ein Megabyte; ein Zustellbericht ist das nicht."))
    try:
        message = email.message_from_bytes(raw, policy=policy.default)
        addresses = [recipient, *(str(message.get(name, "")) for name in _HEADERS)]
        report = _report(message)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError) as error:
        # The parser of the standard library answers some broken headers with such errors.
        raise NoBounce(_("Die Nachricht ist nicht lesbar.")) from error
    found = next((match for match in map(_ADDRESS.search, addresses) if match), None)
    if found is None:
        raise NoBounce(_("Die Nachricht ging nicht an eine Rücklaufadresse dieser Plattform."))
    if report is None:
        raise NoBounce(_("Die Nachricht enthält keinen Zustellbericht (message/delivery-status)."))
    action, status = report
    return Bounce(
        key=uuid.UUID(found[1]), host=found[2].lower(), status=status, is_final=action.lower() == "failed"
    )


@transaction.atomic
def note(bounce: Bounce, *, by: Actor, at: datetime) -> bool:
    """Mark the mail of the entered scope as not delivered; False where nothing changes.

    A delay changes nothing, nor does the second report on the same mail or one on a mail that is not known here.
    """
    row = Outbox.objects.select_for_update().filter(message_key=bounce.key).first()
    if row is None or row.state != State.SENT or not bounce.is_final:
        return False
    row.state, row.last_error = State.FAILED, f"bounced {bounce.status}".strip()
    row.save(update_fields=["state", "last_error"])
    audit.record(
        action="notify.mail.bounced",
        subject=f"notify.outbox:{row.pk}",
        by=by,
        changes={"kind": row.kind, "reference": row.reference, "status": bounce.status},
        at=at,
    )
    if is_mailbox_gone(bounce.status):
        publish(MailboxGone(reference=row.reference, at=at))
    return True


def is_mailbox_gone(status: str) -> bool:
    """Whether an enhanced code says that nobody will ever read mail there, rather than that this mail was not wanted."""
    return _GONE.fullmatch(status) is not None


def status_in(text: str) -> str:
    """The first enhanced code in what a server answered; empty without one."""
    found = _STATUS.search(text)
    return found[0] if found else ""


def is_ours(address: str) -> bool:
    """Whether nobody reads an address because we write from it."""
    name, _separator, host = address.strip().lower().partition("@")
    return name == "noreply" or _ADDRESS.fullmatch(f"{name}@{host}") is not None


def _report(message: EmailMessage) -> tuple[str, str] | None:
    """Action and status of the first recipient that is told about."""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else []:
            if not isinstance(block, Message):
                continue
            action = str(block.get("Action", "")).strip()
            if action:
                status = _STATUS.search(str(block.get("Status", "")))
                return action, status[0] if status else ""
    return None
