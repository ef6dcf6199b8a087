# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads an archive: first all of it, to know that it is whole, then again for what is wanted."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

from tenants.archive import container
from tenants.archive.errors import ArchiveRefused, Damaged, NoArchive
from tenants.archive.manifest import NAME, Manifest

_PIECE: Final = 256 * 1024
_LARGEST_IN_MEMORY: Final = 64 * 1024 * 1024
_BROKEN: Final = (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError)


class Archive:
    """An archive whose content key is known."""

    def __init__(self, path: Path, secret: bytes) -> None:
        self.path = path
        self._secret = secret

    def check(self) -> Manifest:
        """Read everything and compare it with the manifest.

        Raises:
            Damaged: something is missing, changed or too much.
            NoArchive: it is none, or of a later format.
        """
        seen: dict[str, dict[str, Any]] = {}
        manifest: Manifest | None = None
        for name, source in self.entries():
            if name in seen or manifest is not None:
                raise Damaged
            if name == NAME:
                manifest = Manifest.read(in_memory(source))
                continue
            digest, size = hashlib.sha256(), 0
            while piece := source.read(_PIECE):
                digest.update(piece)
                size += len(piece)
            seen[name] = {"size": size, "sha256": digest.hexdigest()}
        if manifest is None or manifest.entries != seen:
            raise Damaged
        return manifest

    def entries(self) -> Iterator[tuple[str, IO[bytes]]]:
        """Every entry in its order, each to be read before the next is asked for; to the marked end."""
        with _translated(), self.path.open("rb") as file:
            opener = io.BufferedReader(container.Opener(file, secret=self._secret), _PIECE)
            with gzip.GzipFile(fileobj=opener, mode="rb") as unpacked:
                with tarfile.open(fileobj=unpacked, mode="r|") as tar:
                    for entry in tar:
                        source = tar.extractfile(entry) if entry.isreg() else None
                        if source is None:
                            raise Damaged
                        yield entry.name, source
                while unpacked.read(_PIECE):
                    pass
            while opener.read(_PIECE):
                pass

    def json(self, wanted: str) -> Any:
        """The content of one entry.

        Raises:
            Damaged: it is not there or not readable.
        """
        for name, source in self.entries():
            if name == wanted:
                try:
                    return json.loads(in_memory(source))
                except ValueError:
                    raise Damaged from None
        raise Damaged


def in_memory(source: IO[bytes]) -> bytes:
    """A small entry.

    Raises:
        Damaged: it is not small.
    """
    content = source.read(_LARGEST_IN_MEMORY + 1)
    if len(content) > _LARGEST_IN_MEMORY:
        raise Damaged
    return content


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except ArchiveRefused:
        raise
    except _BROKEN:
        raise Damaged from None
    except FileNotFoundError:
        raise NoArchive from None
