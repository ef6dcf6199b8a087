# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where staff begin."""

from __future__ import annotations

from django.urls import path

from verbund.staff import archive_views, views

urlpatterns = [
    path("", views.show_inbox, name="inbox"),
    path("eigene-daten/", archive_views.archives, name="archives"),
    path("eigene-daten/stand/", archive_views.archives_fragment, name="archives-fragment"),
    path("eigene-daten/<uuid:order_id>/", archive_views.download, name="archive-download"),
]
