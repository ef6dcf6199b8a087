# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How often somebody may do what costs the office work, counted over all processes by a keyed hash."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from verbund.kernel.errors import DomainError
from verbund.web.clients import client_pseudonym


class TooManyRequests(DomainError):
    """The limit is reached; ``retry_after_seconds`` later there is room again."""

    code = "too_many_requests"
    status = 429

    def __init__(self, retry_after_seconds: int) -> None:
        minutes = math.ceil(retry_after_seconds / 60)
        super().__init__(
            ngettext(
                "Von Ihrem Anschluss kamen gerade sehr viele Anfragen. Bitte versuchen Sie es in einer Minute noch einmal.",
                "Von Ihrem Anschluss kamen gerade sehr viele Anfragen. Bitte versuchen Sie es in %(minutes)d Minuten noch einmal.",
                minutes,
            )
            % {"minutes": minutes}
        )
        self.retry_after_seconds = retry_after_seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most ``most`` times in ``seconds``, for each municipality by itself."""

    name: str
    most: int
    seconds: int

    def spend(self, subject: str, *, times: int = 1) -> None:
        """Count for somebody or something, which is stored as a keyed hash until the time is over.

        Raises:
            TooManyRequests: it was too often; refused tries count too, but the time does not begin anew.
        """
        now = time.time()
        window, elapsed = divmod(int(now), self.seconds)
        hashed = salted_hmac(f"verbund.web.limits.{self.name}", subject, algorithm="sha256").hexdigest()[:32]
        key = f"limit:{self.name}:{window}:{hashed}"
        if cache.add(key, times, timeout=self.seconds):
            counted = times
        else:
            try:
                counted = cache.incr(key, times)
            except ValueError:  # it ended in between, or Valkey went away
                counted = times
        if counted > self.most:
            raise TooManyRequests(self.seconds - elapsed)

    def spend_for(self, request: HttpRequest, *, times: int = 1) -> None:
        """Count for the visitor's address.

        Raises:
            TooManyRequests: it was too often.
        """
        self.spend(client_pseudonym(request), times=times)


def with_wait(response: HttpResponse, refusal: DomainError | None) -> HttpResponse:
    """The form that comes back filled also tells programs why and for how long, where a limit is the reason."""
    if isinstance(refusal, TooManyRequests):
        response.status_code = refusal.status
        response["Retry-After"] = str(refusal.retry_after_seconds)
    return response
