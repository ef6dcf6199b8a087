# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The association's pages about announcements."""

from __future__ import annotations

from django.urls import path

from verbund.announcements.views import association

_AT = "ankuendigungen/"
urlpatterns = [
    path(_AT, association.listing, name="listing"),
    path(f"{_AT}neu/", association.write, name="write"),
    path(f"{_AT}<int:announcement_id>/zurueckziehen/", association.withdraw, name="withdraw"),
]
