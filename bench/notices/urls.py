# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the measured requests are."""

from __future__ import annotations

from django.urls import path

from bench.notices import views

app_name = "notices"
urlpatterns = [
    path("no-query/", views.no_query, name="no_query"),
    path("one-query/", views.one_query, name="one_query"),
    path("ten-queries/", views.ten_queries, name="ten_queries"),
    path("signed-in/", views.signed_in_page, name="signed_in"),
    path("write/", views.one_write, name="one_write"),
]
