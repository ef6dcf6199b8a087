# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why the defects module refuses."""

from __future__ import annotations

from verbund.kernel.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from verbund.kernel.msgids import gettext_noop as _


class ReportNotFound(NotFound):
    """There is no such report here, or it is not to be seen: both look the same."""

    code = "defects_report_not_found"
    message = _("Diese Meldung gibt es hier nicht.")


class TransitionRefused(Conflict):
    """The table of steps has no such step from the state the report is in now."""

    code = "defects_transition_refused"
    message = _("Dieser Schritt ist im jetzigen Stand nicht möglich. Vielleicht war jemand schneller.")


class StepNeedsMore(Invalid):
    """Something the step needs is missing; ``fields`` names it."""

    code = "defects_step_needs_more"


class OutsideArea(Invalid):
    """The place lies outside the municipality."""

    code = "defects_outside_area"


class UnknownCategory(Invalid):
    """There is no such category, or it takes no reports now."""

    code = "defects_unknown_category"


class TooManyUnconfirmed(Invalid):
    """The address was written to often enough without an answer: perhaps it is somebody else's."""

    code = "defects_too_many_unconfirmed"


class LinkSpent(DomainError):
    """The confirmation link is unknown or too old; both look the same."""

    code = "defects_link_spent"
    status = 410
    message = _(
        "Dieser Link gilt nicht mehr. Er war 48 Stunden gültig. Bitte melden Sie den Mangel noch einmal."
    )


class MayNot(Forbidden):
    """The role does not include this."""

    code = "defects_may_not"


class NotHandedOver(Conflict):
    """Nothing waits to be taken back, or came from somebody it could be given back to."""

    code = "defects_not_handed_over"
    message = _("Das ist hier nicht mehr möglich. Vielleicht war jemand schneller.")
