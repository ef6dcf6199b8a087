# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The record and its file."""

from __future__ import annotations

from django.urls import path

from verbund.audit_pages import views

urlpatterns = [
    path("protokoll/", views.entries, name="entries"),
    path("protokoll/protokoll.csv", views.download, name="download"),
]
