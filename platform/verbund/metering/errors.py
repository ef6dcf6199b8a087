# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why something cannot be counted."""

from __future__ import annotations

from verbund.kernel.errors import DomainError, Invalid
from verbund.kernel.msgids import gettext_noop as _


class NotCountable(DomainError):
    """The caller's mistake: an undeclared meter, a bad quantity or dimension, no transaction."""

    code = "not_countable"
    status = 500
    message = _("Das lässt sich so nicht zählen.")


class BadPeriod(Invalid):
    """Not a month as `2026-11`."""

    code = "bad_period"
