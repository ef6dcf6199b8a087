# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How the other packages keep photos."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction

from verbund.audit import api as audit
from verbund.files import storage
from verbund.files.errors import NotAPhoto, PhotoTooLarge
from verbund.files.imaging import SIZES, Encoded, encode
from verbund.files.models import StoredFile
from verbund.files.redaction import Box, redact
from verbund.kernel.actors import Actor
from verbund.kernel.errors import NotFound

__all__ = [
    "LARGEST_BYTES",
    "all_or_nothing",
    "delete_files",
    "keep_photo",
    "open_photo",
    "pass_on",
    "remove_orphans",
    "store_photo",
    "store_redacted",
]

LARGEST_BYTES = 10 * 1024 * 1024
_stored_here: ContextVar[list[UUID] | None] = ContextVar("verbund_files_stored_here", default=None)


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """A transaction that takes the photos stored in it from the disk again when it fails."""
    around = _stored_here.get()
    mine: list[UUID] = []
    token = _stored_here.set(mine)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        for file_id in mine:
            storage.remove(file_id)
        raise
    finally:
        _stored_here.reset(token)
    if around is not None:
        around.extend(mine)


@all_or_nothing()
def store_photo(*, upload: UploadedFile[bytes], owner: str, by: Actor, at: datetime) -> StoredFile:
    """Keep a photo of the entered municipality, re-encoded without metadata. The name it came with is forgotten.

    Raises:
        PhotoTooLarge, NotAPhoto, TooManyPixels, StorageFull: with a sentence for the reader.
    """
    if (upload.size or 0) > LARGEST_BYTES:
        raise PhotoTooLarge
    if not upload.size or upload.file is None:
        raise NotAPhoto
    upload.seek(0)
    return keep_photo(photo=encode(upload.file), owner=owner, by=by, at=at)


@all_or_nothing()
def keep_photo(*, photo: Encoded, owner: str, by: Actor, at: datetime) -> StoredFile:
    """Keep a photo that is encoded already.

    Raises:
        StorageFull: the disk refuses.
    """
    row = StoredFile(
        owner=owner, width=photo.width, height=photo.height, size_bytes=photo.size_bytes, stored_at=at
    )
    if (stored := _stored_here.get()) is not None:
        stored.append(row.pk)
    for size, content in photo.jpegs.items():
        storage.write(row.pk, size, content)
    row.save(force_insert=True)
    audit.record(
        action="files.photo.stored",
        subject=f"files.storedfile:{row.pk}",
        by=by,
        changes={"owner": owner, "bytes": row.size_bytes},
        at=at,
    )
    return row


@all_or_nothing()
def store_redacted(*, file_id: UUID, boxes: Sequence[Box], owner: str, by: Actor, at: datetime) -> StoredFile:
    """Keep a second version of a photo with black boxes on it; the first stays as it is.

    Raises:
        NotFound: there is no such file in the entered municipality.
        StorageFull: the disk refuses.
    """
    with open_photo(file_id, max(SIZES)) as source:
        photo = redact(source, boxes)
    return keep_photo(photo=photo, owner=owner, by=by, at=at)


@transaction.atomic
def pass_on(*, file_ids: list[UUID], owner: str, by: Actor, at: datetime) -> None:
    """Give files to another owner, for example from a draft to the report it became."""
    for row in StoredFile.objects.select_for_update().filter(pk__in=file_ids):
        audit.record(
            action="files.photo.passed_on",
            subject=f"files.storedfile:{row.pk}",
            by=by,
            changes={"owner": [row.owner, owner]},
            at=at,
        )
        row.owner = owner
        row.save(update_fields=["owner"])


@transaction.atomic
def delete_files(*, file_ids: list[UUID], by: Actor, at: datetime) -> None:
    """Delete files; the bytes go when the transaction has committed."""
    for row in StoredFile.objects.select_for_update().filter(pk__in=file_ids):
        audit.record(
            action="files.photo.deleted",
            subject=f"files.storedfile:{row.pk}",
            by=by,
            changes={"owner": row.owner},
            at=at,
        )
        file_id = row.pk
        row.delete()
        transaction.on_commit(lambda file_id=file_id: storage.remove(file_id))  # type: ignore[misc]  # bound per row


def remove_orphans(*, older_than: datetime) -> int:
    """Take from the disk what no row knows: a process died between writing and committing. Returns how many files."""
    found = storage.files(older_than=older_than)
    named = {file_id for file_id in found.values() if file_id is not None}
    known = set(StoredFile.objects.filter(pk__in=named).values_list("pk", flat=True))
    orphans = [path for path, file_id in found.items() if file_id not in known]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def open_photo(file_id: UUID, size: int) -> BinaryIO:
    """The JPEG of one size. Asks nobody's permission: that is the caller's part.

    Raises:
        NotFound: there is no such file in the entered municipality.
    """
    if not StoredFile.objects.filter(pk=file_id).exists():
        raise NotFound
    return storage.open_read(file_id, size)


def stored_bytes() -> int:
    """What the photos of the entered municipality take, in all their sizes."""
    return StoredFile.objects.aggregate(sum=models.Sum("size_bytes"))["sum"] or 0
