# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality's host."""

from __future__ import annotations

from django.urls import include, path

from verbund.config.urls.compose import included

urlpatterns = [
    *included("urls_public"),
    *included("urls_staff", "verwaltung/"),
    path("api/v1/", include([*included("urls_api")])),
    path("api/", include("verbund.config.urls.schema")),
    path("konto/", include("verbund.accounts.urls_signin")),
]
handler400 = "verbund.web.errors.bad_request"
handler403 = "verbund.web.errors.forbidden"
handler404 = "verbund.web.errors.not_found"
handler500 = "verbund.web.errors.server_error"
