# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Texts of mails, the server they leave by, and mails that did not arrive."""

from __future__ import annotations

from django.urls import path

from verbund.mail_pages import views, views_server

urlpatterns = [
    path("e-mails/", views.overview, name="overview"),
    path("e-mails/mailserver/", views_server.server, name="server"),
    path("e-mails/mailserver/probe/", views_server.trial, name="server-trial"),
    path("e-mails/mailserver/entfernen/", views_server.remove, name="server-remove"),
    path("e-mails/<int:mail_id>/erneut/", views.retry_mail, name="retry"),
    path("e-mails/texte/<path:template>/mitgeliefert/", views.supplied_text, name="supplied"),
    path("e-mails/texte/<path:template>/", views.text, name="text"),
]
