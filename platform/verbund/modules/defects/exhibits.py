# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an archive sees of a closed report: the matter and what became of it, nobody who sent it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from django.utils.translation import gettext_lazy as _

from verbund.cases.models import TimelineEntry
from verbund.files import api as files
from verbund.files.imaging import SIZES
from verbund.kernel.ports import Exhibit
from verbund.kernel.texts import LazyText
from verbund.modules.defects.labels import state_label
from verbund.modules.defects.models import Report


def exhibit_of(report: Report) -> Exhibit:
    """The public description where there is one, else the sender's words; no notes of the office, no contact."""
    return Exhibit(
        subject=report.category.name,
        fields=tuple(_fields(report)),
        files=lambda: _photos(report),
    )


def _fields(report: Report) -> Iterator[tuple[LazyText, str]]:
    yield _("Kategorie"), report.category.name
    yield _("Ort"), report.address
    yield _("Stand"), state_label(report.state)
    yield _("Beschreibung"), report.public_description or report.description
    entries = TimelineEntry.objects.filter(case_id=report.case_id, is_public=True).order_by("at", "pk")
    for entry in entries:
        if entry.kind != TimelineEntry.Kind.REPLY:
            yield entry.get_kind_display(), entry.text


def _photos(report: Report) -> Iterator[tuple[str, bytes]]:
    """As everybody sees them: with the black boxes."""
    for number, photo in enumerate(report.photos.order_by("pk"), start=1):
        file_id = photo.redacted_file_id or photo.file_id
        with closing(files.open_photo(file_id, SIZES[0])) as content:
            yield f"foto-{number}.jpg", content.read()
