# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Says for each request on the association's host whose members are visible."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from verbund.accounts.api import actor_of
from verbund.accounts.models import Person
from verbund.accounts.reach import api
from verbund.kernel import context
from verbund.kernel.context import ASSOCIATION


class MembersInReach:
    """Asks the database at most once for whoever asks, and only when a page looks for members."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if context.current_or_none() != ASSOCIATION:
            return self.get_response(request)
        of = cache(api.of)

        def numbers() -> api.Numbers:
            # The key of a program is known only when the view has looked at it, so the actor is found at each question.
            user: object = request.user
            return (user.limited_to or None) if isinstance(user, Person) else of(actor_of(request))

        with api.asked_by(numbers):
            return self.get_response(request)
