# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why the subscriptions package refuses."""

from __future__ import annotations

from verbund.kernel.errors import DomainError
from verbund.kernel.msgids import gettext_noop as _


class LinkUnknown(DomainError):
    """The link is unknown, or the subscription has ended; both look the same."""

    code = "subscriptions_link_unknown"
    status = 410
    message = _("Zu diesem Link gibt es kein Abonnement mehr. Sie können jederzeit ein neues einrichten.")
