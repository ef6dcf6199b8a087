# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages that show or change something of every member: nobody who looks after some of them gets in."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern

from verbund.accounts.api import actor_of
from verbund.accounts.reach import api


def for_all_members(pattern: URLPattern) -> URLPattern:
    """Refuse limited people the address before its view asks for permission; who is not signed in is sent there by the view.

    Raises:
        Forbidden: whoever asks looks after some members only; becomes the 403 page.
    """
    view = pattern.callback

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if api.current() is not None:
            api.check_all(actor_of(request))
        response: HttpResponseBase = view(request, *args, **kwargs)
        return response

    pattern.callback = guarded
    return pattern
