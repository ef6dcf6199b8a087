# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The citizen's status page."""

from __future__ import annotations

from django.urls import path

from verbund.cases import views

urlpatterns = [
    path("anliegen/", views.ask, name="ask"),
    path("anliegen/unterwegs/", views.asked, name="asked"),
    path("anliegen/<str:secret>/", views.status, name="status"),
    path("anliegen/<str:secret>/beenden/", views.end, name="end"),
]
