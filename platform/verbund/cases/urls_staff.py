# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the office does with a case of any kind, besides what its module does."""

from __future__ import annotations

from django.urls import path

from verbund.cases import views_staff as views

urlpatterns = [
    path("vorgaenge/<str:reference>/notiz/", views.note, name="note"),
    path("vorgaenge/<str:reference>/frist/", views.deadline, name="deadline"),
    path("vorgaenge/<str:reference>/verknuepfen/", views.link, name="link"),
    path("vorgaenge/<str:reference>/verknuepfungen/<int:link_id>/loesen/", views.unlink, name="unlink"),
]
