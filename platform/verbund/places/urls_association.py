# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The map on the association's host: boundaries only."""

from __future__ import annotations

from django.urls import path

from verbund.places.views import public as views

urlpatterns = [
    path("kacheln/<int:z>/<int:x>/<int:y>.png", views.tile, name="tile"),
    path("kacheln/<int:z>/<int:x>/<int:y>@2x.png", views.tile, {"scale": 2}, name="tile-fine"),
]
