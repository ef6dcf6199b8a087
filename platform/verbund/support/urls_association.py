# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The operator's pages about support access."""

from __future__ import annotations

from django.urls import path

from verbund.support.views import association

_AT = "kommunen/<slug:slug>/fernzugriff/"
urlpatterns = [
    path(_AT, association.accesses, name="accesses"),
    path(f"{_AT}beantragen/", association.ask, name="ask"),
    path(f"{_AT}<uuid:grant_id>/link/", association.link, name="link"),
    path(f"{_AT}<uuid:grant_id>/beenden/", association.end, name="end"),
]
