# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where staff begin."""

from __future__ import annotations

from django.urls import path

from verbund.staff import archive_views, bulk_views, deputy_views, views

urlpatterns = [
    path("", views.show_inbox, name="inbox"),
    path("eingang/neu/", views.arrivals_fragment, name="arrivals"),
    path("eingang/zuweisen/", bulk_views.assign, name="assign"),
    path("eingang/rueckgaengig/", bulk_views.undo, name="undo"),
    path("eingang/wiedervorlage/", bulk_views.put_off, name="put-off"),
    path("eingang/ansichten/", views.save_view, name="save-view"),
    path("eingang/ansichten/<int:view_id>/entfernen/", views.remove_view, name="remove-view"),
    path("vertretung/", deputy_views.show_deputies, name="deputies"),
    path("vertretung/<int:deputy_id>/beenden/", deputy_views.end_deputy, name="end-deputy"),
    path("eigene-daten/", archive_views.archives, name="archives"),
    path("eigene-daten/stand/", archive_views.archives_fragment, name="archives-fragment"),
    path("eigene-daten/<uuid:order_id>/", archive_views.download, name="archive-download"),
]
