# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality's pages about its own agreement."""

from __future__ import annotations

from django.urls import path

from verbund.agreements.views import staff

_AT = "auftragsverarbeitung/"
urlpatterns = [
    path(_AT, staff.own, name="own"),
    path(f"{_AT}zustimmen/<int:version_id>/", staff.agree, name="agree"),
    path(f"{_AT}fassungen/<int:version_id>/fassung.pdf", staff.version_file, name="version-file"),
    path(f"{_AT}<int:agreement_id>/vereinbarung.pdf", staff.agreement_file, name="agreement-file"),
]
