# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the overview shows of texts and of mail that did not arrive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from verbund.kernel.texts import LazyText
from verbund.notify import texts
from verbund.notify.models import MailText
from verbund.notify.retrying import undelivered

MOST: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRow:
    """A kind of mail; ``changed_at`` is set where the municipality has its own words."""

    template: str
    label: LazyText
    changed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UndeliveredRow:
    """A mail that did not arrive. Of the address only what helps to recognise it is shown."""

    mail_id: int
    label: LazyText
    address: str
    queued_at: datetime
    reason: str
    may_retry: bool


def texts_of_scope() -> list[TextRow]:
    changed = dict(MailText.objects.values_list("kind", "changed_at"))
    return [
        TextRow(template=kind.template, label=kind.label, changed_at=changed.get(kind.template))
        for kind in texts.kinds().values()
    ]


def undelivered_rows() -> list[UndeliveredRow]:
    """The latest fifty."""
    labels = texts.kinds()
    return [
        UndeliveredRow(
            mail_id=row.pk,
            label=labels[row.kind].label if row.kind in labels else row.kind,
            address=masked(row.recipient or ""),
            queued_at=row.queued_at,
            reason=row.last_error,
            may_retry=row.recipient is not None,
        )
        for row in undelivered()[:MOST]
    ]


def masked(address: str) -> str:
    """`e…@example.org`: enough to tell a typing error in the host from a full mailbox."""
    name, separator, host = address.partition("@")
    return f"{name[:1]}…@{host}" if separator else ""
