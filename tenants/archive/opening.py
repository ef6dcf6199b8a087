# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Unpacks an archive for people: the readable texts, the files, the machine form, and what it says of itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from tenants.archive.container import open_for_us_alone, read_head
from tenants.archive.errors import ArchiveRefused, Damaged, NotUnpacked
from tenants.archive.manifest import KEYS, SECRETS, Manifest
from tenants.archive.reading import Archive
from tenants.archive.receivers import open_here, open_with


def open_archive(path: Path, *, private: X25519PrivateKey | None, target: Path | None) -> Manifest:
    """Check everything; with a target also unpack it there. Data keys and credentials stay in the archive.

    Raises:
        ArchiveRefused: and its kinds.
        NotUnpacked: the target cannot be written; nothing of it is left there.
    """
    key = read_head(path).get("key")
    if not isinstance(key, dict):
        raise ArchiveRefused
    archive = Archive(path, open_with(key, private) if private else open_here(key))
    manifest = archive.check()
    if target is not None:
        _unpack(archive, target)
    return manifest


def _unpack(archive: Archive, target: Path) -> None:
    with _all_or_nothing(target) as written:
        for name, source in archive.entries():
            if name in {KEYS, SECRETS}:
                continue
            parts = PurePosixPath(name).parts
            if not parts or ".." in parts or name.startswith("/"):
                raise Damaged
            place = target.joinpath(*parts)
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            written.append(place)
            with open_for_us_alone(place) as file:
                shutil.copyfileobj(source, file)


@contextmanager
def _all_or_nothing(target: Path) -> Iterator[list[Path]]:
    """Half of a municipality's data in a folder would look like all of it: what was written goes again."""
    written: list[Path] = []
    try:
        target.mkdir(parents=True, exist_ok=True, mode=0o700)
        yield written
    except BaseException as error:
        for place in written:
            with suppress(OSError):
                place.unlink()
        if isinstance(error, OSError):
            raise NotUnpacked from error
        raise
