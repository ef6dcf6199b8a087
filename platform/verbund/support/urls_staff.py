# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The municipality's pages about support access, and the guest's way in."""

from __future__ import annotations

from django.urls import path

from verbund.support.views import entrance, staff

_AT = "fernzugriff/"
urlpatterns = [
    path(_AT, staff.overview, name="overview"),
    path(f"{_AT}einstellung/", staff.approval, name="approval"),
    path(f"{_AT}einlass/<str:secret>/", entrance.entrance, name="entrance"),
    path(f"{_AT}beginnen/", entrance.enter, name="enter"),
    path(f"{_AT}verlassen/", entrance.leave, name="leave"),
    path(f"{_AT}beendet/", entrance.ended, name="ended"),
    path(f"{_AT}<uuid:grant_id>/freigeben/", staff.approve, name="approve"),
    path(f"{_AT}<uuid:grant_id>/ablehnen/", staff.refuse, name="refuse"),
    path(f"{_AT}<uuid:grant_id>/beenden/", staff.revoke, name="revoke"),
]
