# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why a message is not sent, not taken back or not taken; a reason of a refusal is a word for programs."""

from __future__ import annotations

from verbund.kernel.errors import Conflict, Invalid, Unavailable
from verbund.kernel.msgids import gettext_noop as _


class NoPartner(Invalid):
    """The receiver is no municipality that messages can be sent to."""

    code = "exchange_no_partner"
    message = _("Diese Kommune kann keine Nachrichten empfangen. Bitte wählen Sie eine andere.")


class TooLarge(Invalid):
    code = "exchange_too_large"
    message = _("Das ist zu groß für die Übergabe. Bitte lassen Sie Fotos weg.")


class TooLate(Conflict):
    """It was handed over meanwhile."""

    code = "exchange_too_late"
    message = _("Die Übergabe ist schon unterwegs und lässt sich nicht mehr zurücknehmen.")


class NotYet(Unavailable):
    """The receiver has no public key yet, or the post cannot be reached."""

    code = "exchange_not_yet"


class Refused(Exception):
    """A message that is not what it says; ``reason`` is kept beside it and told to its sender."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
