# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the search box in the header of a municipality's pages leads."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from verbund.kernel import context
from verbund.kernel.context import Municipality

_AT_WORK = ("/verwaltung/", "/konto/")


def shell(request: HttpRequest) -> dict[str, str]:
    """People at work search what the office sees, also from the pages of their own account; no query."""
    if not isinstance(context.current_or_none(), Municipality):
        return {}
    is_signed_in = getattr(getattr(request, "user", None), "is_authenticated", False)
    is_at_work = is_signed_in and request.path.startswith(_AT_WORK)
    name = "search-staff:results" if is_at_work else "search:results"
    return {"search_url": reverse(name, urlconf="verbund.config.urls.municipality")}
