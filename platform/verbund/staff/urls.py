# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where staff begin."""

from __future__ import annotations

from django.urls import path

from verbund.staff import views

urlpatterns = [path("", views.show_inbox, name="inbox")]
