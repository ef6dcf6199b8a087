# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Our own interface under /api/v1/defects/."""

from __future__ import annotations

from django.urls import path

from verbund.modules.defects.rest import views

urlpatterns = [
    path("defects/categories/", views.CategoryList.as_view(), name="categories"),
    path("defects/reports/", views.ReportList.as_view(), name="reports"),
    path("defects/reports/<str:reference>/", views.ReportDetail.as_view(), name="report"),
    path("defects/reports/<str:reference>/state/", views.ReportState.as_view(), name="report-state"),
]
