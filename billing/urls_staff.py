# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of a municipality about its own usage and costs."""

from __future__ import annotations

from django.urls import path

from billing import views
from billing.alerts import views as alerts
from billing.member import documents
from billing.member import views as member

urlpatterns = [
    path("nutzung/", views.usage, name="usage"),
    path("nutzung/nachweis/", views.arrived, name="usage-proof"),
    path("nutzung/liste/", views.usage_listing, name="usage_listing"),
    path("nutzung/tage/<str:meter>/<str:day>/", views.usage_day, name="usage-day"),
    path("nutzung/schwellen/", alerts.thresholds, name="thresholds"),
    path("nutzung/schwellen/<int:number>/entfernen/", alerts.remove, name="threshold_remove"),
    path("nutzung/dokumente/", documents.documents, name="documents"),
    path("nutzung/dokumente/benachrichtigung/", alerts.document_mail, name="document-mail"),
    path("nutzung/dokumente/<str:number>/<str:form>/", documents.document_file, name="document-file"),
    path("nutzung/kosten/", member.costs, name="costs"),
    path("nutzung/kosten/liste/", member.costs_listing, name="costs_listing"),
    path("nutzung/kosten/<str:month>/", member.statement, name="statement"),
]
