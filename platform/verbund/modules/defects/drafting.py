# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A report while it is being written: kept encrypted between the steps, so that going back loses nothing."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from verbund.audit import api as audit
from verbund.files import api as files
from verbund.kernel.actors import SYSTEM, Actor
from verbund.kernel.errors import DomainError, Invalid
from verbund.modules.defects.models import Draft, Report
from verbund.modules.defects.reporting import NewReport, submit_report

MOST_PHOTOS = 5
KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What was typed so far; ``place_given`` and the like say which steps are done."""

    address: str = ""
    place_note: str = ""
    latitude: float | None = None
    longitude: float | None = None
    category: str = ""
    description: str = ""
    photos: list[str] = field(default_factory=list)
    name: str = ""
    email: str = ""
    phone: str = ""
    contact_seen: bool = False

    @property
    def has_place(self) -> bool:
        return self.latitude is not None and self.longitude is not None

    @property
    def photo_ids(self) -> list[UUID]:
        return [UUID(photo) for photo in self.photos]


def contents_of(draft_id: UUID | None) -> Contents:
    """What was written so far; empty when there is no such draft."""
    draft = Draft.objects.filter(pk=draft_id).first() if draft_id else None
    return read(draft) if draft else Contents()


def read(draft: Draft) -> Contents:
    """What stands in it."""
    return Contents(**json.loads(draft.content or "{}"))


@transaction.atomic
def keep_draft(*, draft_id: UUID | None, by: Actor, at: datetime, **changes: object) -> UUID:
    """Write changed fields of the contents; makes the draft when there is none. Returns its key."""
    contents = replace(contents_of(draft_id), **changes)  # type: ignore[arg-type]  # fields of Contents by name
    content = json.dumps(asdict(contents))
    updated = Draft.objects.filter(pk=draft_id).update(content=content, changed_at=at) if draft_id else 0
    if draft_id is None or not updated:
        draft_id = Draft.objects.create(content=content, changed_at=at).pk
    audit.record(action="defects.draft.kept", subject=f"defects.draft:{draft_id}", by=by, at=at)
    return draft_id


@files.all_or_nothing()
def add_photos(*, draft_id: UUID, uploads: list[UploadedFile[bytes]], by: Actor, at: datetime) -> None:
    """Keep photos for the draft.

    Raises:
        Invalid: there are too many, or one cannot be read; the others of this call are not kept either.
    """
    contents = contents_of(draft_id)
    if len(contents.photos) + len(uploads) > MOST_PHOTOS:
        raise Invalid(
            fields={"photos": _("Es sind höchstens %(most)s Fotos möglich.") % {"most": MOST_PHOTOS}}
        )
    stored = [_store(upload, draft_id, by=by, at=at) for upload in uploads]
    keep_draft(draft_id=draft_id, photos=[*contents.photos, *map(str, stored)], by=by, at=at)


@transaction.atomic
def remove_photos(*, draft_id: UUID, photo_ids: list[UUID], by: Actor, at: datetime) -> None:
    """Take photos out of the draft again; others are not touched."""
    contents = contents_of(draft_id)
    removed = {str(photo) for photo in photo_ids}.intersection(contents.photos)
    if removed:
        kept = [photo for photo in contents.photos if photo not in removed]
        keep_draft(draft_id=draft_id, photos=kept, by=by, at=at)
        files.delete_files(file_ids=[UUID(photo) for photo in removed], by=by, at=at)


@transaction.atomic
def submit_draft(*, draft_id: UUID, by: Actor, at: datetime) -> Report:
    """Make the draft a report; sending twice finds no draft the second time.

    Raises:
        Invalid: the draft is gone or a step was left out.
        DomainError: what submit_report refuses.
    """
    draft = Draft.objects.select_for_update().filter(pk=draft_id).first()
    contents = contents_of(draft_id)
    if draft is None or contents.latitude is None or contents.longitude is None or not contents.category:
        raise Invalid(_("Ihre Angaben sind nicht mehr vollständig. Bitte beginnen Sie noch einmal beim Ort."))
    report = submit_report(
        new=NewReport(
            category=contents.category,
            latitude=contents.latitude,
            longitude=contents.longitude,
            address=contents.address,
            place_note=contents.place_note,
            description=contents.description,
            photos=tuple(contents.photo_ids),
            name=contents.name,
            email=contents.email,
            phone=contents.phone,
        ),
        by=by,
        at=at,
    )
    draft.delete()
    return report


@transaction.atomic
def discard_draft(*, draft_id: UUID, by: Actor, at: datetime) -> None:
    """Forget a draft and its photos."""
    contents = contents_of(draft_id)
    if Draft.objects.filter(pk=draft_id).delete()[0]:
        files.delete_files(file_ids=contents.photo_ids, by=by, at=at)
        audit.record(action="defects.draft.discarded", subject=f"defects.draft:{draft_id}", by=by, at=at)


def discard_old_drafts(*, at: datetime) -> int:
    """Forget what nobody went on with for a day; returns how many."""
    old = list(Draft.objects.filter(changed_at__lt=at - KEPT).values_list("pk", flat=True))
    for draft_id in old:
        discard_draft(draft_id=draft_id, by=SYSTEM, at=at)
    return len(old)


def _store(upload: UploadedFile[bytes], draft_id: UUID, *, by: Actor, at: datetime) -> UUID:
    try:
        return files.store_photo(upload=upload, owner=f"defects.draft:{draft_id}", by=by, at=at).pk
    except DomainError as refusal:
        message = f"{upload.name}: {refusal.message}"
        raise Invalid(message, fields={"photos": message}) from refusal
