# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Photos in a message to another municipality: packed here, encoded anew there."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from verbund.files import api as files
from verbund.files.imaging import SIZES
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Invalid, NotFound
from verbund.modules.defects.drafting import MOST_PHOTOS
from verbund.modules.defects.models import Report, ReportPhoto

# Characters of base64 in one message, which holds 12 MiB in all (verbund.exchange.outbox.LARGEST).
LARGEST: Final = 10 * 1024 * 1024


def travelling(report: Report) -> list[ReportPhoto]:
    """Those everybody may see, in their order: what the office has not released, or took back, stays here."""
    return list(report.photos.filter(released_at__isnull=False))


def packed(report: Report) -> list[str]:
    """Their JPEGs as base64, blackened as everybody sees them; what does not fit or cannot be read is left out."""
    found: list[str] = []
    room = LARGEST
    for photo in travelling(report)[:MOST_PHOTOS]:
        try:
            with files.open_photo(photo.shown_file_id, max(SIZES)) as source:
                text = base64.b64encode(source.read()).decode()
        except NotFound:
            continue
        if len(text) <= room:
            found.append(text)
            room -= len(text)
    return found


def unpacked(sent: Any, *, owner: str, at: datetime) -> tuple[UUID, ...]:
    """Keep what another municipality sent as if a stranger had: decoded and encoded anew, nobody sees it yet.

    What is no photo is left out: the report counts more.

    Raises:
        StorageFull: the disk refuses; the message is taken again later.
    """
    if not isinstance(sent, Sequence) or isinstance(sent, str):
        return ()
    kept = []
    for text in sent[:MOST_PHOTOS]:
        try:
            upload = SimpleUploadedFile("foto.jpg", base64.b64decode(text, validate=True))
            kept.append(files.store_photo(upload=upload, owner=owner, by=SYSTEM, at=at).pk)
        except (Invalid, TypeError, ValueError):
            continue
    return tuple(kept)
