# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of a municipality's staff about data protection."""

from __future__ import annotations

from django.urls import path

from verbund.privacy import views

urlpatterns = [
    path("datenschutz/", views.record, name="record"),
    path("datenschutz/verzeichnis.pdf", views.record_pdf, name="record-pdf"),
]
