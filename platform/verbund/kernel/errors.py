# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can go wrong for a reason people should know; turned into an answer in one place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.utils.translation import gettext

from verbund.kernel.msgids import gettext_noop


class DomainError(Exception):
    """A refusal with a reason: ``code`` for programs, ``message`` for people, ``status`` for HTTP.

    A class's own ``message`` is a msgid, translated when raised. ``fields`` maps a field's name to what is wrong
    with it, so that a form or an API client can show it there.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400
    message: str = gettext_noop("Das ist nicht möglich.")

    def __init__(self, message: str | None = None, *, fields: Mapping[str, str] | None = None) -> None:
        self.message = message if message is not None else gettext(type(self).message)
        self.fields: dict[str, str] = dict(fields or {})
        super().__init__(self.message)


class NotFound(DomainError):
    """There is no such thing here, or the person may not see it: both look the same."""

    code = "not_found"
    status = 404
    message = gettext_noop("Das gibt es hier nicht.")


class Forbidden(DomainError):
    """The person is known, the thing is theirs to see, but this step is not theirs to take."""

    code = "forbidden"
    status = 403
    message = gettext_noop("Dafür fehlt Ihnen die Berechtigung.")


class Conflict(DomainError):
    """Someone else was faster, or the thing has moved on."""

    code = "conflict"
    status = 409
    message = gettext_noop("Das wurde inzwischen geändert.")


class Invalid(DomainError):
    """The input does not hold; ``fields`` says where."""

    code = "invalid"
    status = 422
    message = gettext_noop("Bitte prüfen Sie Ihre Angaben.")


class Unavailable(DomainError):
    """A part the step needs is down; trying again later may work."""

    code = "unavailable"
    status = 503
    message = gettext_noop("Das geht gerade nicht. Bitte versuchen Sie es in einigen Minuten erneut.")
