# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the bytes lie: MEDIA_ROOT/<key of the municipality>/<two letters>/<random name>-<size>.jpg."""

from __future__ import annotations

import os
import re
import shutil
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from verbund.files.errors import NoRoomForFiles, StorageFull
from verbund.files.imaging import SIZES
from verbund.kernel import context
from verbund.kernel.errors import NotFound

_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def folder(key: str) -> Path:
    """The folder of a municipality."""
    return Path(settings.MEDIA_ROOT) / key


def path_of(file_id: UUID, size: int) -> Path:
    """Where one size of a file lies for the entered municipality; made of nothing that people typed.

    Raises:
        NotFound: there is no such size.
        NoContext: no municipality is entered.
    """
    if size not in SIZES:
        raise NotFound
    name = f"{file_id}-{size}.jpg"
    return folder(context.current_municipality().key) / name[:2] / name


def write(file_id: UUID, size: int, content: bytes) -> None:
    """Write all or nothing.

    Raises:
        StorageFull: the disk refuses.
    """
    target = path_of(file_id, size)
    draft = target.with_suffix(".draft")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.write_bytes(content)
        draft.replace(target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise StorageFull from error


def open_read(file_id: UUID, size: int) -> BinaryIO:
    """The stored bytes.

    Raises:
        NotFound: they are not there.
    """
    try:
        # A link inside the folder must not lead out of it.
        return os.fdopen(os.open(path_of(file_id, size), os.O_RDONLY | os.O_NOFOLLOW), "rb")
    except OSError as error:
        raise NotFound from error


def remove(file_id: UUID) -> None:
    """Remove all sizes; what is not there needs no removing."""
    for size in SIZES:
        path_of(file_id, size).unlink(missing_ok=True)


def files(*, older_than: datetime) -> dict[Path, UUID | None]:
    """Everything in the entered municipality's folder that was written before, with the key its name holds.

    None: the name is none of ours, such as what was left of an interrupted writing.
    """
    found: dict[Path, UUID | None] = {}
    # Photos alone lie in folders of two letters; archives that wait for their download lie beside them.
    for path in folder(context.current_municipality().key).glob("[0-9a-f][0-9a-f]/*"):
        if path.stat().st_mtime < older_than.timestamp():
            name = path.name.rpartition("-")[0]
            found[path] = UUID(name) if _KEY.fullmatch(name) else None
    return found


def make_folder(key: str) -> None:
    """Make the folder of a municipality.

    Raises:
        NoRoomForFiles: the disk refuses.
    """
    try:
        folder(key).mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise NoRoomForFiles from error


def remove_folder(key: str) -> None:
    if folder(key).exists():
        shutil.rmtree(folder(key))
