# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The association's pages about agreements."""

from __future__ import annotations

from django.urls import path

from verbund.agreements.views import association

_AT = "auftragsverarbeitung/"
urlpatterns = [
    path(_AT, association.overview, name="overview"),
    path(f"{_AT}neue-fassung/", association.publish, name="publish"),
    path(f"{_AT}fassungen/<int:version_id>/fassung.pdf", association.version_file, name="version-file"),
    path(f"{_AT}kommunen/<slug:slug>/", association.member, name="member"),
    path(f"{_AT}kommunen/<slug:slug>/hinterlegen/", association.record, name="record"),
    path(
        f"{_AT}kommunen/<slug:slug>/<int:agreement_id>/vereinbarung.pdf",
        association.agreement_file,
        name="agreement-file",
    ),
]
