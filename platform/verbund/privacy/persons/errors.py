# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why a request for access or erasure is refused or has to wait."""

from __future__ import annotations

from verbund.kernel.errors import Conflict, Invalid, NotFound
from verbund.kernel.msgids import gettext_noop as _


class RequestNotFound(NotFound):
    """There is none with that number here."""

    code = "privacy_request_not_found"


class RequestClosed(Conflict):
    """It was answered or declined already."""

    code = "privacy_request_closed"
    message = _("Der Antrag ist schon abgeschlossen. Für einen neuen erfassen Sie ihn bitte noch einmal.")


class IdentityMissing(Conflict):
    """Nobody has noted how it was checked who asks."""

    code = "privacy_identity_missing"
    message = _("Bitte halten Sie zuerst fest, wie Sie die Identität geprüft haben.")


class NotThatKind(Conflict):
    """Access was asked for, not erasure, or the other way round."""

    code = "privacy_not_that_kind"
    message = _("Dieser Antrag verlangt etwas anderes. Bitte öffnen Sie ihn noch einmal.")


class ReceivedInFuture(Invalid):
    """A request cannot have come in tomorrow."""

    code = "privacy_received_in_future"
    message = _("Der Tag des Eingangs liegt in der Zukunft. Bitte prüfen Sie das Datum.")
