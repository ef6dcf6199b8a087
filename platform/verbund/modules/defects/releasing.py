# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of a report's words and photos everybody may see: nothing, until the office has looked at it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from verbund.audit import api as audit
from verbund.cases.models import TimelineEntry
from verbund.cases.timeline import note_down
from verbund.kernel.actors import Actor
from verbund.modules.defects.access import demand, locked_report
from verbund.modules.defects.models import Report
from verbund.modules.defects.permissions import DefectsPermission
from verbund.modules.defects.searching import keep_findable


@transaction.atomic
def release_contents(
    *, reference: str, public_description: str, photo_ids: Collection[int], by: Actor, at: datetime
) -> Report:
    """Show exactly these words and these photos to everybody; an empty text and no photos take all back.

    The text may differ from what the reporter wrote: the office leaves out names and other people's matters.
    """
    demand(by, DefectsPermission.RELEASE)
    report = locked_report(reference)
    text = public_description.strip()
    photos = list(report.photos.select_for_update())
    wanted = {photo.pk for photo in photos if photo.pk in photo_ids}
    before = {photo.pk for photo in photos if photo.released_at is not None}
    if text == report.public_description and wanted == before:
        return report
    report.public_description = text
    report.save(update_fields=["public_description"])
    keep_findable(report)
    for photo in photos:
        shown = photo.pk in wanted
        if shown != (photo.released_at is not None):
            photo.released_at = at if shown else None
            photo.save(update_fields=["released_at"])
    note_down(
        report.case, TimelineEntry.Kind.RELEASED, by=by, at=at, text=_summary(text, len(wanted), len(photos))
    )
    audit.record(
        action="defects.report.released",
        subject=f"defects.report:{report.pk}",
        by=by,
        changes={"public_description": None, "photos": [sorted(before), sorted(wanted)]},
        at=at,
    )
    return report


def _summary(text: str, shown: int, photos: int) -> str:
    """Written down, so in the official language."""
    words = "Beschreibung öffentlich" if text else "Beschreibung nicht öffentlich"
    return f"{words}, {shown} von {photos} Fotos öffentlich" if photos else words
