# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Style page at the root, colours beside it."""

from __future__ import annotations

from django.urls import include, path

handler400 = "verbund.web.errors.bad_request"
handler403 = "verbund.web.errors.forbidden"
handler404 = "verbund.web.errors.not_found"
handler500 = "verbund.web.errors.server_error"

urlpatterns = [
    path("", include("verbund.web.urls")),
    path("", include("verbund.web.styleguide.urls")),
]
