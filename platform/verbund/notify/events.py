# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the notify package tells whoever writes mails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from verbund.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class MailboxGone(Event):
    """A server says that the mailbox of a mail does not exist, or not any more; ``reference`` is the mail's.

    Not published for a full mailbox or a mail somebody's rules refused: that may be over tomorrow.
    """

    reference: str
    at: datetime
