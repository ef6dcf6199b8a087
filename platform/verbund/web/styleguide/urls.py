# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the style page; included only in demo and test mode."""

from __future__ import annotations

from django.urls import path

from verbund.web.styleguide import views

app_name = "styleguide"
urlpatterns = [
    path("", views.start, name="start"),
    path("bausteine/", views.components, name="components"),
    path("formular/", views.form, name="form"),
    path("liste/", views.staff_list, name="staff_list"),
    path("vorgang/", views.staff_case, name="staff_case"),
    path("einrichtung/", views.onboarding, name="onboarding"),
    path("einrichtung/stand/", views.onboarding_state, name="onboarding_state"),
    path("karte/", views.map_page, name="map"),
    path("karte/punkte.json", views.points, name="points"),
    path("kacheln/<int:z>/<int:x>/<int:y>.png", views.tile, name="tile"),
    path("farben/", views.colors, name="colors"),
    path("mail/", views.mail, name="mail"),
    path("fehler/<int:status>/", views.error, name="error"),
]
