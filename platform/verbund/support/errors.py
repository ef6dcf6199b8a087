# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why the support package refuses."""

from __future__ import annotations

from verbund.kernel.errors import Conflict, DomainError
from verbund.kernel.msgids import gettext_noop as _


class LinkSpent(DomainError):
    """The link was used, has expired, belongs elsewhere or never existed; all look the same."""

    code = "support_link_spent"
    status = 410
    message = _("Dieser Link gilt nicht mehr. Holen Sie in der Konsole des Verbands einen neuen.")


class AccessUnfinished(Conflict):
    """The operator has an access there that is open or waits."""

    code = "support_access_unfinished"
    message = _(
        "Sie haben bei dieser Kommune schon einen Fernzugriff, der offen ist oder auf Freigabe wartet."
    )


class NotOpen(Conflict):
    """The access has ended, was refused or waits for approval."""

    code = "support_access_not_open"
    message = _("Dieser Fernzugriff ist nicht offen.")
