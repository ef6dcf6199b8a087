# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why the package of public pages refuses."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from verbund.kernel.errors import Conflict, Invalid


class TextRefused(Invalid):
    """The text cannot be stored as it is; ``fields["body"]`` says why."""

    code = "public_text_refused"


class NotReady(Conflict):
    """The page cannot be confirmed: it is empty or facts are missing."""

    code = "public_page_not_ready"


class NobodyToAnswer(Conflict):
    """Whoever gave this feedback left no address."""

    code = "public_feedback_without_address"
    message = gettext_noop("Wer diese Rückmeldung gab, hat keine E-Mail-Adresse genannt.")


class AlreadyHandled(Conflict):
    """Somebody has closed this feedback before."""

    code = "public_feedback_handled"
