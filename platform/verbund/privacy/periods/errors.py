# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why periods and holds are refused."""

from __future__ import annotations

from verbund.kernel.errors import Conflict, NotFound
from verbund.kernel.msgids import gettext_noop as _


class NoSuchRule(NotFound):
    """No package keeps such objects for a period."""

    code = "privacy_no_such_rule"
    message = _("Diese Art gibt es nicht. „verbund privacy due“ nennt alle.")


class NeverDeleted(Conflict):
    """Its kind has no period, so that there is nothing to hold back."""

    code = "privacy_never_deleted"
    message = _("Vorgänge dieser Art werden nicht von selbst gelöscht. Sie müssen nichts weiter tun.")


class NotHeld(Conflict):
    """Somebody has let it go already."""

    code = "privacy_not_held"
    message = _("Die Löschung ist nicht mehr angehalten.")
