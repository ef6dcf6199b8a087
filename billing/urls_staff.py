# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of a municipality about its own usage."""

from __future__ import annotations

from django.urls import path

from billing import views

urlpatterns = [path("nutzung/", views.usage, name="usage")]
