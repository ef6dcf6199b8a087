# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages about documents on the association's host."""

from __future__ import annotations

from django.urls import path

from billing.papers import issuing, previewing

_MONTH = "finanzen/<str:month>/dokumente/"
urlpatterns = [
    path(_MONTH, previewing.preview, name="issue-preview"),
    path(f"{_MONTH}ausstellen/", issuing.issue, name="issue"),
    path(f"{_MONTH}probe/", issuing.rehearse, name="issue-rehearse"),
    path(f"{_MONTH}vorgang/<int:number>/", issuing.run, name="issue-run"),
    path(f"{_MONTH}vorgang/<int:number>/stand/", issuing.run_fragment, name="issue-run-fragment"),
    path(f"{_MONTH}entwurf/<slug:slug>/<str:regime>/", previewing.preview_document, name="preview-document"),
]
