# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why the cases package refuses."""

from __future__ import annotations

from verbund.kernel.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from verbund.kernel.msgids import gettext_noop as _


class CaseNotFound(NotFound):
    """There is none with that number here, or the person may not see it."""

    code = "cases_not_found"


class MayNotAssign(Forbidden):
    """The role does not include saying who looks after this kind of case."""

    code = "cases_may_not_assign"
    message = _("Zuweisen dürfen Sie diesen Vorgang nicht. Bitte fragen Sie Ihre Verwaltung.")


class MayNotChange(Forbidden):
    """The role only reads this kind of case."""

    code = "cases_may_not_change"
    message = _("Sie dürfen diesen Vorgang ansehen, aber nicht bearbeiten. Bitte fragen Sie Ihre Verwaltung.")


class CaseIsClosed(Conflict):
    """Nothing is due any more."""

    code = "cases_closed"
    message = _("Der Vorgang ist abgeschlossen und hat keine Frist mehr.")


class LinkNotFound(NotFound):
    """There is none here of which the person sees both ends, or its own end is not theirs to see."""

    code = "cases_link_not_found"


class StatusLinkSpent(DomainError):
    """The link is unknown, ended or too old; all look the same."""

    code = "cases_link_spent"
    status = 410
    message = _("Dieser Link gilt nicht mehr. Lassen Sie sich bitte einen neuen schicken.")


class NothingAsked(Conflict):
    """The office waits for no answer about this case, or not any more."""

    code = "cases_nothing_asked"
    message = _("Die Frage ist schon beantwortet oder hat sich erledigt. Vielen Dank.")


class NobodyChosen(Invalid):
    """A step for several cases came without any."""

    code = "cases_none_chosen"
    message = _("Bitte wählen Sie mindestens einen Vorgang aus.")
