# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The files of a document as they were sent, byte for byte."""

from __future__ import annotations

from django.http import HttpResponse

from billing.issuing.models import PDF, XML, Document
from verbund.kernel.errors import NotFound

_TYPES = {PDF: "application/pdf", XML: "application/xml"}


def file_response(row: Document, form: str) -> HttpResponse:
    """PDF or XML of a document as a download.

    Raises:
        NotFound: there is no such form; a notice has no XML.
    """
    content = {PDF: row.pdf, XML: row.xml}.get(form)
    if content is None:
        raise NotFound
    return HttpResponse(
        bytes(content),
        content_type=_TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{row.number}.{form}"'},
    )
