# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a municipality's staff were told."""

from __future__ import annotations

from django.urls import path

from verbund.announcements.views import staff

_AT = "ankuendigungen/"
urlpatterns = [
    path(_AT, staff.listing, name="listing"),
    path(f"{_AT}<int:announcement_id>/gelesen/", staff.dismiss, name="dismiss"),
]
