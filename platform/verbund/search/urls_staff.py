# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Results for the office."""

from __future__ import annotations

from django.urls import path

from verbund.search import views

urlpatterns = [path("suche/", views.staff, name="results")]
