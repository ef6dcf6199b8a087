# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses every host answers: the colours."""

from __future__ import annotations

from django.urls import path

from verbund.web.theme import theme_css

app_name = "web"
urlpatterns = [path("theme.css", theme_css, name="theme")]
