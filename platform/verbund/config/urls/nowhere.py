# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""For a request whose host was not decided: there is nothing."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
handler404 = "verbund.web.errors.not_found"
handler500 = "verbund.web.errors.server_error"
handler429 = "verbund.web.errors.too_many_requests"  # asked by allauth alone
