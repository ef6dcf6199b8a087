# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Turns a typst template and values into a PDF that can be archived and read aloud."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import typst

from verbund.kernel.errors import DomainError

_HOUSE: Final = Path(__file__).with_name("house.typ")
# PDF/A-3a for the archive, PDF/UA-1 for screen readers; typst refuses what does not keep them.
_STANDARDS: Final[list[typst.PDFStandard]] = ["a-3a", "ua-1"]


class DocumentFailed(DomainError):
    """The template does not go with its values; a mistake of ours."""

    code = "document_failed"
    status = 500
    message = "Das Dokument konnte nicht erstellt werden."


def render(template: Path, *, title: str, issuer: str, values: Mapping[str, Any], at: datetime) -> bytes:
    """The PDF of a template; equal input gives equal bytes.

    The template (`.typ`) stands below the head of the house and finds its values in ``values``, with ``title`` and
    ``issuer`` among them. Values are what JSON can say; texts are shown as they are, never run as markup.

    Raises:
        DocumentFailed: the template names a value that is not there, or breaks PDF/A or PDF/UA.
    """
    source = _HOUSE.read_text(encoding="utf-8") + template.read_text(encoding="utf-8")
    given = json.dumps({**values, "title": title, "issuer": issuer}, ensure_ascii=False)
    try:
        made = typst.compile(
            source.encode(),
            format="pdf",
            sys_inputs={"values": given},
            ignore_system_fonts=True,
            pdf_standards=_STANDARDS,
            timestamp=at.replace(microsecond=0),
        )
    except typst.TypstError as error:
        raise DocumentFailed(f"{DocumentFailed.message} {template.name}: {error.message}") from error
    if not isinstance(made, bytes):
        raise DocumentFailed
    return made
