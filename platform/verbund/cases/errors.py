# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why the cases package refuses."""

from __future__ import annotations

from verbund.kernel.errors import Forbidden, Invalid, NotFound
from verbund.kernel.msgids import gettext_noop as _


class CaseNotFound(NotFound):
    """There is none with that number here, or the person may not see it."""

    code = "cases_not_found"


class MayNotAssign(Forbidden):
    """The role does not include saying who looks after this kind of case."""

    code = "cases_may_not_assign"
    message = _("Zuweisen dürfen Sie diesen Vorgang nicht. Bitte fragen Sie Ihre Verwaltung.")


class NobodyChosen(Invalid):
    """A step for several cases came without any."""

    code = "cases_none_chosen"
    message = _("Bitte wählen Sie mindestens einen Vorgang aus.")
