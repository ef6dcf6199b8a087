# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why the accounts package refuses."""

from __future__ import annotations

from verbund.kernel.errors import Conflict, DomainError, Invalid
from verbund.kernel.msgids import gettext_noop as _


class LastAdministrator(Conflict):
    """Nobody would be left who may manage people."""

    code = "accounts_last_administrator"
    message = _(
        "Das ist das letzte Konto, das Personen verwalten darf. "
        "Geben Sie zuerst einer anderen Person diese Rolle."
    )


class WorkIsOpen(Conflict):
    """The person still has work that somebody must take over first."""

    code = "accounts_work_open"


class AddressTaken(Invalid):
    """An account with that address exists here."""

    code = "accounts_address_taken"


class UnknownRole(Invalid):
    """There is no such role here."""

    code = "accounts_unknown_role"


class InvitationSpent(DomainError):
    """The link was used, has expired or never existed; all look the same."""

    code = "accounts_invitation_spent"
    status = 410
    message = _("Dieser Link gilt nicht mehr. Bitten Sie die Person, die Sie eingeladen hat, um einen neuen.")


class TokenRefused(DomainError):
    """The API token is unknown, expired, revoked or belongs elsewhere; all look the same."""

    code = "accounts_token_refused"
    status = 401
    message = _("Der Zugangsschlüssel gilt hier nicht.")
