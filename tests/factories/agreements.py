# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Versions of the processing agreement and PDFs to sign; the association must be entered."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from verbund.agreements import services
from verbund.agreements.models import SignedAgreement, Version
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
_numbers = itertools.count(2)


def pdf_upload(content: bytes = PDF, name: str = "vereinbarung.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def make_version(**fields: Any) -> Version:
    """The newest version from now on."""
    values: dict[str, Any] = {
        "number": str(next(_numbers)),
        "content": PDF,
        "published_on": clock.today(),
        "deadline_days": 30,
        "by": SYSTEM,
        "at": clock.now(),
        **fields,
    }
    return services.publish_version(**values)


def signed(tenant: int, version: Version, **fields: Any) -> SignedAgreement:
    values: dict[str, Any] = {
        "signed_on": date(2026, 1, 15),
        "signed_by": "Berta Bürgermeister",
        "signed_function": "Bürgermeisterin",
        "content": PDF,
        "by": SYSTEM,
        "at": clock.now(),
        **fields,
    }
    return services.record_agreement(tenant=tenant, version_id=version.pk, **values)
