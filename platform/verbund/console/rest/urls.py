# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where programs find members on the association's host."""

from __future__ import annotations

from django.urls import path

from verbund.console.rest.views import TenantDetail, TenantList

urlpatterns = [
    path("tenants/", TenantList.as_view(), name="tenants"),
    path("tenants/<slug:slug>/", TenantDetail.as_view(), name="tenant"),
]
