# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages about documents on the association's host."""

from __future__ import annotations

from django.urls import path

from billing.papers import document, documents, issuing, previewing

_MONTH, _ISSUED = "finanzen/<str:month>/dokumente/", "finanzen/belege/"
urlpatterns = [
    path(_ISSUED, documents.documents, name="documents"),
    path(f"{_ISSUED}liste/", documents.documents_list, name="documents-list"),
    path(f"{_ISSUED}archiv/<str:month>/", documents.documents_bundle, name="documents-bundle"),
    path(f"{_ISSUED}<str:number>/", document.document, name="document"),
    path(f"{_ISSUED}<str:number>/aufheben/", document.cancel, name="document-cancel"),
    path(f"{_ISSUED}<str:number>/datei/<str:form>/", documents.document_file, name="document-file"),
    path(_MONTH, previewing.preview, name="issue-preview"),
    path(f"{_MONTH}ausstellen/", issuing.issue, name="issue"),
    path(f"{_MONTH}probe/", issuing.rehearse, name="issue-rehearse"),
    path(f"{_MONTH}vorgang/<int:number>/", issuing.run, name="issue-run"),
    path(f"{_MONTH}vorgang/<int:number>/stand/", issuing.run_fragment, name="issue-run-fragment"),
    path(f"{_MONTH}entwurf/<slug:slug>/<str:regime>/", previewing.preview_document, name="preview-document"),
]
