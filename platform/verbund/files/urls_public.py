# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of stored files on a municipality's host."""

from __future__ import annotations

from django.urls import path

from verbund.files import views

urlpatterns = [path("dateien/<uuid:file_id>/<int:size>.jpg", views.photo, name="photo")]
