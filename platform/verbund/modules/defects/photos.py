# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The photos of a report: which files are theirs, and what is blackened on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from verbund.audit import api as audit
from verbund.cases.models import TimelineEntry
from verbund.cases.timeline import note_down
from verbund.files import api as files
from verbund.files.redaction import Box
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid, NotFound
from verbund.modules.defects.access import demand, locked_report
from verbund.modules.defects.models import Report, ReportPhoto
from verbund.modules.defects.permissions import DefectsPermission

MOST_BOXES = 20


def file_ids_of(report: Report) -> list[UUID]:
    """Every file that goes with the report, redacted ones too."""
    pairs = report.photos.values_list("file_id", "redacted_file_id")
    return [file_id for pair in pairs for file_id in pair if file_id is not None]


@files.all_or_nothing()
def redact_photo(
    *, reference: str, photo_id: int, boxes: Sequence[Box], by: Actor, at: datetime
) -> ReportPhoto:
    """Blacken these boxes for everybody, always from the photo as it came; none shows it as it came again.

    The picture everybody saw before is deleted: its address shows nothing any more. Whether the photo is public does
    not change. The same boxes again change nothing.

    Raises:
        MayNot, ReportNotFound: as for releasing.
        NotFound: the report has no such photo.
        Invalid: too many boxes.
    """
    demand(by, DefectsPermission.RELEASE)
    if len(boxes) > MOST_BOXES:
        raise Invalid(fields={"boxes": _("Höchstens %(most)d Flächen je Foto.") % {"most": MOST_BOXES}})
    report = locked_report(reference)
    photo = report.photos.select_for_update().filter(pk=photo_id).first()
    if photo is None:
        raise NotFound
    wanted = [box.as_list() for box in boxes]
    if photo.boxes == wanted:
        return photo
    before = photo.redacted_file_id
    photo.boxes, photo.redacted_file = wanted, None
    if boxes:
        photo.redacted_file = files.store_redacted(
            file_id=photo.file_id, boxes=boxes, owner=f"defects.report:{report.pk}", by=by, at=at
        )
    photo.save(update_fields=["boxes", "redacted_file"])
    if before is not None:
        files.delete_files(file_ids=[before], by=by, at=at)
    note_down(report.case, TimelineEntry.Kind.RELEASED, by=by, at=at, text=_summary(photo, len(boxes)))
    audit.record(
        action="defects.photo.redacted",
        subject=f"defects.report:{report.pk}",
        by=by,
        changes={"photo": photo.pk, "boxes": len(boxes)},
        at=at,
    )
    return photo


def _summary(photo: ReportPhoto, boxes: int) -> str:
    """Written down, so in the official language."""
    if not boxes:
        return f"Foto {photo.number} ohne Schwärzung"
    return f"Foto {photo.number} geschwärzt ({boxes} {'Fläche' if boxes == 1 else 'Flächen'})"
