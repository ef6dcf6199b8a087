# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why a step of an offer is refused."""

from __future__ import annotations

from verbund.kernel.errors import Conflict
from verbund.kernel.msgids import gettext_noop as _


class NothingToOffer(Conflict):
    """Nothing is over that was not offered."""

    code = "privacy_nothing_to_offer"
    message = _("Zurzeit ist nichts fällig, was noch nicht angeboten ist.")


class AlreadyDecided(Conflict):
    """The answer of the archive is noted."""

    code = "privacy_offer_decided"
    message = _("Die Antwort des Archivs ist schon eingetragen.")


class NothingTaken(Conflict):
    """There is nothing that waits to be handed over."""

    code = "privacy_offer_nothing_taken"
    message = _("Aus dieser Anbietung ist nichts zu übergeben.")
