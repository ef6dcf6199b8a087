# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the Doctor asks of the public pages: can citizens read what they have a right to."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from verbund.kernel.context import Municipality
from verbund.kernel.ports import Diagnosis
from verbund.public import provision


def look_at_legal_pages(municipality: Municipality) -> Iterator[Diagnosis]:
    """The same that keeps a municipality from going active: a page may be taken back later."""
    findings = list(provision.findings(municipality))
    for finding in findings:
        yield Diagnosis(
            code=finding.code, level="warning", message=finding.message, url_name=finding.url_name
        )
    if not findings:
        yield Diagnosis(code="legal_pages", level="ok", message=_("Alle Pflichttexte sind veröffentlicht."))
