# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The photos of a municipality on their way into an archive and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Final
from uuid import UUID

from verbund.files import storage
from verbund.files.errors import NoRoomForFiles, StorageFull
from verbund.files.imaging import SIZES
from verbund.files.models import StoredFile
from verbund.kernel import context
from verbund.kernel.context import Municipality
from verbund.kernel.errors import Invalid
from verbund.kernel.ports import ArchiveFile

_NAME: Final = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-([0-9]{1,5})\.jpg")


def files(municipality: Municipality) -> Iterator[ArchiveFile]:
    """Every size of every photo, by the photo's key."""
    with context.enter(municipality):
        known = list(StoredFile.objects.order_by("pk").values_list("pk", flat=True))
    for file_id in known:
        for size in SIZES:
            yield ArchiveFile(name=f"{file_id}-{size}.jpg", open=partial(storage.open_read, file_id, size))


def restore(municipality: Municipality, given: Iterator[ArchiveFile]) -> None:
    """Put photos back where they were.

    Raises:
        Invalid: a name is no photo's; nothing outside of the municipality's folder is ever written.
        NoRoomForFiles: the disk refuses.
    """
    with context.enter(municipality):
        for file in given:
            found = _NAME.fullmatch(file.name)
            if found is None:
                raise Invalid
            try:
                storage.write(UUID(found[1]), int(found[2]), file.open().read())
            except StorageFull as error:
                raise NoRoomForFiles from error
