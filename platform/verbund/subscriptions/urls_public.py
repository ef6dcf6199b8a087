# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of subscriptions, for everybody."""

from __future__ import annotations

from django.urls import path

from verbund.subscriptions import views

urlpatterns = [
    path("mein-ort/", views.ask, name="ask"),
    path("mein-ort/unterwegs/", views.asked, name="asked"),
    path("mein-ort/<str:secret>/", views.manage, name="manage"),
    path("mein-ort/<str:secret>/bestaetigen/", views.confirm, name="confirm"),
    path("mein-ort/<str:secret>/pause/", views.pause, name="pause"),
    path("mein-ort/<str:secret>/abbestellen/", views.unsubscribe, name="unsubscribe"),
]
